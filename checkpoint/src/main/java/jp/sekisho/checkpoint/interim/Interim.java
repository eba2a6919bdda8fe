package jp.sekisho.checkpoint.interim;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.interim.Facts;
import jp.sekisho.policies.interim.MigrationPolicy;
import jp.sekisho.policies.interim.OnFile;
import jp.sekisho.policies.interim.Standing;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.interim.Postponements;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Who may still log in with a password where the profile asks for a passkey, and until when. */
// JP25-4, JP25-5
public final class Interim {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private Interim(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static Interim of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Interim(session, realm, policy);
    }

    public enum Kind {
        MIGRATION,
        EXEMPTION
    }

    /** A password may be what he begins with. By exemption, a second factor is always asked as well. */
    public record Permit(Kind kind, Optional<Instant> until) {

        static Optional<Permit> of(Standing standing) {
            boolean exemption = standing instanceof Standing.Exempt
                    || standing instanceof Standing.Lapsed
                    || standing instanceof Standing.Awaiting awaiting && awaiting.exempted();
            return standing.passwordUntil()
                    .map(until -> new Permit(exemption ? Kind.EXEMPTION : Kind.MIGRATION, Optional.of(until)));
        }
    }

    public Optional<Permit> permit(String pseudonym, UserModel user, Instant now) {
        return Permit.of(standing(pseudonym, user, now));
    }

    /** What he is asked for it. One statement a request; his credentials are read at a login anyway. */
    public Standing standing(String pseudonym, UserModel user, Instant now) {
        Profile profile = policy.profile();
        MigrationPolicy migration = profile.migration();
        OnFile onFile = CustomerFile.of(session, realm, pseudonym)
                .interim(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        if (migration.stages().isEmpty() && onFile.exemption().isEmpty()) {
            return new Standing.None();
        }
        return Standing.of(migration, profile.exemption(), profile.risk().zone(), facts(user, onFile), now);
    }

    /**
     * He puts off what he is asked for, once: counted and recorded, and committed on return, whatever becomes of the login.
     *
     * @return whether he still could
     */
    public boolean postpone(String pseudonym, UserModel user, Instant now) {
        CustomerFile file = CustomerFile.of(session, realm, pseudonym);
        if (!(standing(pseudonym, user, now) instanceof Standing.Postponable postponable)) {
            return false;
        }
        Optional<Boolean> counted = OwnTransaction.attempt(session, em -> {
            int of = policy.profile().migration().postponements();
            if (!new Postponements(em).use(realm.getId(), pseudonym, of, now)) {
                return Optional.empty();
            }
            new EvidenceLog(em)
                    .append(new InterimRecords(realm.getId(), policy.version(), now)
                            .postponed(pseudonym, postponable.left() - 1));
            return Optional.of(true);
        });
        // Others may have used up what was left meanwhile.
        OwnTransaction.call(session, file::readAgain);
        return counted.isPresent();
    }

    private Facts facts(UserModel user, OnFile onFile) {
        return new Facts(passkey(user), holdsTotp(user), onFile);
    }

    private Facts.Passkey passkey(UserModel user) {
        if (!user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)) {
            return Facts.Passkey.NONE;
        }
        return Passkeys.of(session, realm).onlyProvisional(user) ? Facts.Passkey.PROVISIONAL : Facts.Passkey.HELD;
    }

    public static boolean holdsTotp(UserModel user) {
        return user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE);
    }
}
