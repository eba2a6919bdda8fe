package jp.sekisho.eventlisteners.notice;

import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.CredentialChange;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells customers of what happens in stock Keycloak, outside our own steps: changed passwords, authenticators and personal
 * data, whoever changed them.
 */
// FFAJ-1.2-S2, FFAJ-1.5-S2, JP25-9
final class NoticeListener implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);

    private final KeycloakSession session;

    NoticeListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Change.in(event).ifPresent(change -> tellOrUndo(event.getRealmId(), change.userId(), tell(change)));
        Touched.in(event).ifPresent(touched -> tellOrUndo(event.getRealmId(), touched.userId(), tell(touched)));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Change.in(event).ifPresent(change -> tellOrUndo(event.getRealmId(), change.userId(), tell(change)));
        Touched.in(event).ifPresent(touched -> tellOrUndo(event.getRealmId(), touched.userId(), tell(touched)));
    }

    /** To a customer of a realm with a policy. */
    @FunctionalInterface
    private interface Telling {

        void to(RealmModel realm, RealmPolicy policy, UserModel user);
    }

    /** Keycloak swallows what a listener throws; what changes and nobody is told must not change (decision 9). */
    private void tellOrUndo(String realmId, String userId, Telling telling) {
        try {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
                RealmPolicies.of(session, realm)
                        .ifPresent(policy -> Optional.ofNullable(session.users().getUserById(realm, userId))
                                .ifPresent(user -> telling.to(realm, policy, user)));
            }
        } catch (RuntimeException trouble) {
            session.getTransactionManager().enlistPrepare(new Veto(trouble));
            LOG.error("realm {}: a change cannot be told, it is undone", realmId, trouble);
        }
    }

    /**
     * Undoes the transaction at its commit, and the caller gets an error: one that is only marked for rollback would be
     * undone too, but answered as if it had been done.
     */
    private static final class Veto extends AbstractKeycloakTransaction {

        private final RuntimeException trouble;

        Veto(RuntimeException trouble) {
            this.trouble = trouble;
        }

        @Override
        protected void commitImpl() {
            throw new ModelException("a change that its customer cannot be told of", trouble);
        }

        @Override
        protected void rollbackImpl() {}
    }

    private Telling tell(Change change) {
        return (realm, policy, user) -> Notices.of(session, realm, policy)
                .tell(
                        user,
                        change.notice(),
                        values(realm, user, change.byStaff())
                                .about(CredentialChange.subject(session, change.userId(), change.factor()))
                                .with(change.factor()));
    }

    private Telling tell(Touched touched) {
        return (realm, policy, user) ->
                new ChangedData(session, realm, policy).tell(user, () -> values(realm, user, touched.byStaff()));
    }

    /** Where and on what device staff sit is none of the customer's business. */
    private NoticeValues values(RealmModel realm, UserModel user, boolean byStaff) {
        return byStaff
                ? NoticeValues.at(CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                                .now())
                        .and("by", "staff")
                : session.getProvider(Checkpoint.class).noticeValues(user);
    }

    @Override
    public void close() {}
}
