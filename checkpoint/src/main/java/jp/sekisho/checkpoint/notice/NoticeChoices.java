package jp.sekisho.checkpoint.notice;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.notice.NoticePolicy;
import jp.sekisho.policies.notice.NoticePolicy.Choice;
import jp.sekisho.storage.preference.Preferences;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** What a customer wants to be told, where the policy leaves it to him. */
// FFAJ-1.2-S2
public final class NoticeChoices {

    private final NoticePolicy policy;
    private final Preferences preferences;

    private NoticeChoices(EntityManager em, NoticePolicy policy) {
        this.policy = policy;
        this.preferences = new Preferences(em);
    }

    public static NoticeChoices of(KeycloakSession session, RealmPolicy policy) {
        return new NoticeChoices(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                policy.profile().notices());
    }

    /** False for what may not be switched off. */
    public boolean mayChoose(Notice notice) {
        return !notice.desk() && policy.choice(notice) != Choice.ALWAYS;
    }

    /** @param customer pseudonym */
    public boolean wanted(String customer, Notice notice) {
        return !mayChoose(notice) || wanted(notice, preferences.wants(customer, notice.code()));
    }

    /** @param chosen empty where the customer never chose */
    boolean wanted(Notice notice, Optional<Boolean> chosen) {
        return switch (policy.choice(notice)) {
            case ALWAYS -> true;
            case DEFAULT_ON -> chosen.orElse(true);
            case DEFAULT_OFF -> chosen.orElse(false);
        };
    }

    /** @throws IllegalArgumentException for what may not be chosen */
    public void choose(String realmId, String customer, Notice notice, boolean wanted) {
        if (!mayChoose(notice)) {
            throw new IllegalArgumentException(notice.code() + " may not be switched off");
        }
        preferences.choose(realmId, customer, notice.code(), wanted);
    }
}
