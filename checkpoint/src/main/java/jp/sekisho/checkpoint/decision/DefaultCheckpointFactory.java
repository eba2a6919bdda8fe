package jp.sekisho.checkpoint.decision;

import jp.sekisho.checkpoint.access.AccessSnapshots;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.checkpoint.version.OwnJars;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** Holds what all requests of a node share. */
public final class DefaultCheckpointFactory implements CheckpointFactory {

    private ClientAddresses addresses;
    private Populations populations;
    private AccessSnapshots access;

    @Override
    public Checkpoint create(KeycloakSession session) {
        return new DefaultCheckpoint(session, addresses, populations, access);
    }

    @Override
    public void init(Config.Scope config) {
        OwnJars.requireOneVersion(OwnJars.class.getClassLoader());
        addresses = ClientAddresses.configured(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        populations = new Populations(factory);
        access = AccessSnapshots.watching(factory);
        factory.register(event -> {
            // Keycloak answers nobody before this has returned.
            if (event instanceof PostMigrationEvent) {
                access.warm();
            }
        });
        // Reads its rules now, not at the first customer's login.
        UserAgents.shared();
    }

    @Override
    public void close() {
        if (access != null) {
            access.close();
        }
    }

    @Override
    public String getId() {
        return "default";
    }
}
