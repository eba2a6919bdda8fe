package jp.sekisho.checkpoint.interim;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Who may still use a password where the profile asks for a passkey: nobody, without an open stage of migration. */
// JP25-4, JP25-5
public final class Interim {

    private Interim() {}

    public static Interim of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Interim();
    }

    public enum Kind {
        MIGRATION,
        EXEMPTION
    }

    /** @param until when it ends; empty where no date is set */
    public record Permit(Kind kind, Optional<Instant> until) {}

    public Optional<Permit> permit(String pseudonym, UserModel user, Instant now) {
        return Optional.empty();
    }
}
