package jp.sekisho.eventlisteners.notice;

import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
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

/** Tells customers of what happens in stock Keycloak, outside our own steps: changed passwords and authenticators. */
// FFAJ-1.2-S2, JP25-9
final class NoticeListener implements EventListenerProvider {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeListener.class);

    private final KeycloakSession session;

    NoticeListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        Change.in(event).ifPresent(change -> tellOrUndo(event.getRealmId(), change));
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        Change.in(event).ifPresent(change -> tellOrUndo(event.getRealmId(), change));
    }

    /** Keycloak swallows what a listener throws; a credential that changes and nobody is told must not change (decision 9). */
    private void tellOrUndo(String realmId, Change change) {
        try {
            tell(realmId, change);
        } catch (RuntimeException trouble) {
            session.getTransactionManager().enlistPrepare(new Veto(trouble));
            LOG.error(
                    "realm {}: {} cannot be told, the change is undone",
                    realmId,
                    change.notice().code(),
                    trouble);
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

    private void tell(String realmId, Change change) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return;
        }
        RealmPolicies.of(session, realm).ifPresent(policy -> {
            UserModel user = session.users().getUserById(realm, change.userId());
            if (user != null) {
                NoticeValues values =
                        values(realm, user, change).about(change.factor()).with(change.factor());
                Notices.of(session, realm, policy).tell(user, change.notice(), values);
            }
        });
    }

    /** Where and on what device staff sit is none of the customer's business. */
    private NoticeValues values(RealmModel realm, UserModel user, Change change) {
        return change.byStaff()
                ? NoticeValues.at(CustomerFile.of(session, realm, Customers.pseudonym(session, realm, user))
                                .now())
                        .and("by", "staff")
                : session.getProvider(Checkpoint.class).noticeValues(user);
    }

    @Override
    public void close() {}
}
