package jp.sekisho.checkpoint.decision;

import java.time.Instant;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.geo.Whereabouts;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.models.KeycloakSession;

/** Puts together what is known of the request in hand. */
// FFAJ-3-S1
final class EvidenceCollector {

    private final KeycloakSession session;
    private final ClientAddresses addresses;

    EvidenceCollector(KeycloakSession session, ClientAddresses addresses) {
        this.session = session;
        this.addresses = addresses;
    }

    Field<ClientAddress> address() {
        return addresses.of(session);
    }

    Evidence collect(
            Operation operation,
            Instant at,
            Field<ClientAddress> address,
            Whereabouts whereabouts,
            Field<DeviceSight> device,
            Failures failures) {
        return new Evidence(
                operation,
                at,
                address,
                whereabouts.place(),
                whereabouts.network(),
                UserAgents.shared().of(session),
                device,
                failures);
    }
}
