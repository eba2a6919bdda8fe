package jp.sekisho.checkpoint.decision;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The {@code acr} of the token that a login ends in, before there is a session that Keycloak's own mapper could read. */
final class Acr {

    private Acr() {}

    /**
     * @param loa the level that was reached; 0 for none
     * @return empty where the customer does not come in
     */
    static Optional<String> of(Optional<AuthenticationSessionModel> login, int loa) {
        return login.filter(present -> loa > 0).map(present -> of(present, loa));
    }

    private static String of(AuthenticationSessionModel login, int loa) {
        ClientModel client = login.getClient();
        Map<String, Integer> levels = AcrUtils.getAcrLoaMap(client);
        String claims = login.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM);
        String requested = login.getClientNote(OIDCLoginProtocol.ACR_PARAM);
        Stream<Collection<String>> candidates = Stream.of(
                AcrUtils.getRequiredAcrValues(claims),
                AcrUtils.getAcrValues(claims, requested, client),
                List.copyOf(levels.keySet()));
        return candidates
                .map(values -> AcrUtils.mapLoaToAcr(loa, levels, values))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> String.valueOf(loa));
    }
}
