package jp.sekisho.eventlisteners.policy;

import jakarta.ws.rs.ForbiddenException;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes a change of components by which a realm would lose its policy. A policy's own component refuses what makes it lower;
 * but one that is made a component of another type is asked of that type.
 */
public final class PolicyGuardFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-policy-guard";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyGuardFactory.class);

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {}

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (event.getResourceType() == ResourceType.COMPONENT && hasPolicy(session, event.getRealmId())) {
                    session.getTransactionManager().enlistPrepare(new Veto(session, event.getRealmId()));
                }
            }

            @Override
            public void close() {}
        };
    }

    /** As it is committed. */
    private static boolean hasPolicy(KeycloakSession session, String realmId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                own -> RealmPolicies.in(own.realms().getRealm(realmId)));
    }

    private static final class Veto extends AbstractKeycloakTransaction {

        private final KeycloakSession session;
        private final String realmId;

        Veto(KeycloakSession session, String realmId) {
            this.session = session;
            this.realmId = realmId;
        }

        @Override
        protected void commitImpl() {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null && !RealmPolicies.in(realm)) {
                LOG.warn("realm {}: one alone wanted to remove the policy", realm.getName());
                throw new ForbiddenException("sekisho-policy: a realm keeps its policy");
            }
        }

        @Override
        protected void rollbackImpl() {}
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
