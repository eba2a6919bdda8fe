package jp.sekisho.checkpoint.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.access.AccessPolicy;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/**
 * Whether a customer showed enough, lately, in a session. A token alone cannot say it: its {@code acr} outlives its worth on
 * refresh, and its {@code auth_time} is renewed by a login of any level (decision 11). The evidence log says it.
 */
public record FreshLogin(AccessPolicy policy) {

    private static final String MFA = "urn:sekisho:acr:mfa";
    private static final String PHISHING_RESISTANT = "urn:sekisho:acr:phishing-resistant";
    private static final int LEVEL_OF_MFA = 2;
    private static final int LEVEL_OF_PHISHING_RESISTANT = 3;
    private static final int LATEST = 50;

    /** What the client asks for where it does not suffice. */
    public String acr() {
        return strong() ? PHISHING_RESISTANT : MFA;
    }

    /**
     * @param acr of the token
     * @param customer pseudonym
     */
    public boolean suffices(
            KeycloakSession session, UserSessionModel userSession, String acr, String customer, Instant now) {
        Set<String> enough = strong() ? Set.of(PHISHING_RESISTANT) : Set.of(MFA, PHISHING_RESISTANT);
        EvidenceLog log =
                new EvidenceLog(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        return enough.contains(String.valueOf(acr))
                && log.ofCustomer(userSession.getRealm().getId(), customer, LATEST).stream()
                        .filter(row -> row.at().plus(policy.fresh()).isAfter(now))
                        .filter(row -> row.index().sessionId().equals(Optional.of(userSession.getId())))
                        .anyMatch(this::admitted);
    }

    private boolean admitted(EvidenceRow row) {
        boolean login = row.kind() == EvidenceRow.Kind.DECISION || row.kind() == EvidenceRow.Kind.RESULT;
        return login
                && row.index().result().filter("ADMITTED"::equals).isPresent()
                && RecordJson.read(row.content()).path("loa").asInt()
                        >= (strong() ? LEVEL_OF_PHISHING_RESISTANT : LEVEL_OF_MFA);
    }

    private boolean strong() {
        return policy.stepUp() == FactorClass.PHISHING_RESISTANT;
    }
}
