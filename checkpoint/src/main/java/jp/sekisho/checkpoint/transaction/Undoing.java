package jp.sekisho.checkpoint.transaction;

import jakarta.ws.rs.WebApplicationException;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Undoes all that the request in hand does, with an answer that says so: a silent rollback would look as if it had been
 * done, and a mark for rollback would answer 500.
 */
public final class Undoing {

    private Undoing() {}

    public static void with(KeycloakSession session, WebApplicationException refusal) {
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                throw refusal;
            }

            @Override
            protected void rollbackImpl() {}
        });
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {}

            @Override
            protected void rollbackImpl() {
                // Where a login came to its end Keycloak fails to take its used code out of it, and would answer that.
                throw refusal;
            }
        });
    }
}
