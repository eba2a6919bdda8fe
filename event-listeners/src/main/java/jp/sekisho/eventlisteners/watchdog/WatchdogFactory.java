package jp.sekisho.eventlisteners.watchdog;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.eventlisteners.worker.Rounds;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** Sends the watchdog on its round each minute, and at once when an administrator changes what it looks at. */
public final class WatchdogFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-watchdog";

    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Set<ResourceType> LOOKED_AT = EnumSet.of(
            ResourceType.REALM,
            ResourceType.CLIENT,
            ResourceType.IDENTITY_PROVIDER,
            ResourceType.COMPONENT,
            ResourceType.AUTH_FLOW,
            ResourceType.AUTH_EXECUTION,
            ResourceType.AUTH_EXECUTION_FLOW);

    private final Duration every;
    private Optional<Rounds> running = Optional.empty();
    private Optional<Watchdog> watchdog = Optional.empty();

    public WatchdogFactory() {
        this(EVERY);
    }

    WatchdogFactory(Duration every) {
        this.every = every;
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new EventListenerProvider() {
            @Override
            public void onEvent(Event event) {}

            @Override
            public void onEvent(AdminEvent event, boolean includeRepresentation) {
                if (LOOKED_AT.contains(event.getResourceType())) {
                    session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
                        @Override
                        protected void commitImpl() {
                            lookNow();
                        }

                        @Override
                        protected void rollbackImpl() {}
                    });
                }
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void lookNow() {
        running.ifPresent(Rounds::wake);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                restart(factory);
            }
        });
    }

    private synchronized void restart(KeycloakSessionFactory factory) {
        close();
        Watchdog started = new Watchdog(factory);
        watchdog = Optional.of(started);
        running = Optional.of(Rounds.start(ID, every, started));
        lookNow();
    }

    @Override
    public synchronized void close() {
        running.ifPresent(Rounds::stop);
        watchdog.ifPresent(Watchdog::forget);
        running = Optional.empty();
        watchdog = Optional.empty();
    }

    @Override
    public String getId() {
        return ID;
    }
}
