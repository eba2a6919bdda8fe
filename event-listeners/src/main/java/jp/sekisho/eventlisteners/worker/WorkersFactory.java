package jp.sekisho.eventlisteners.worker;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.freeze.FreezeWritten;
import jp.sekisho.checkpoint.session.SessionEnded;
import jp.sekisho.eventlisteners.clock.ClockWatch;
import jp.sekisho.eventlisteners.freeze.FreezeWorker;
import jp.sekisho.eventlisteners.interim.ExemptionWorker;
import jp.sekisho.eventlisteners.learn.LearningWorker;
import jp.sekisho.eventlisteners.retention.RetentionWorker;
import jp.sekisho.eventlisteners.secrecy.RotationWorker;
import jp.sekisho.eventlisteners.session.LogoutWorker;
import jp.sekisho.eventlisteners.session.SessionsOfRemoved;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** Owns the workers of this node. They follow the evidence log; to events as such they do not listen. */
public final class WorkersFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-workers";

    private static final Duration LEARN_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_AT_CLOCK_EVERY = Duration.ofMinutes(1);
    private static final Duration LOOK_AT_KEYS_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_AT_EXEMPTIONS_EVERY = Duration.ofSeconds(10);
    private static final Duration FREEZE_EVERY = Duration.ofSeconds(5);
    private static final Duration LOG_OUT_EVERY = Duration.ofSeconds(5);
    private static final Duration CLEAN_EVERY = Duration.ofMinutes(10);

    /** Soon, so that nodes that are often started anew clean up all the same. */
    private static final Duration CLEAN_FIRST = Duration.ofSeconds(20);

    private static final EventListenerProvider DEAF = new EventListenerProvider() {
        @Override
        public void onEvent(Event event) {}

        @Override
        public void onEvent(AdminEvent event, boolean includeRepresentation) {}

        @Override
        public void close() {}
    };

    private List<Rounds> running = List.of();
    private Optional<Rounds> freezing = Optional.empty();
    private Optional<Rounds> loggingOut = Optional.empty();

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return DEAF;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new SessionsOfRemoved());
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                restart(factory);
            } else if (event instanceof FreezeWritten) {
                wakeFreezing();
            } else if (event instanceof SessionEnded) {
                wakeLoggingOut();
            }
        });
    }

    private synchronized void wakeFreezing() {
        freezing.ifPresent(Rounds::wake);
    }

    private synchronized void wakeLoggingOut() {
        loggingOut.ifPresent(Rounds::wake);
    }

    private synchronized void restart(KeycloakSessionFactory factory) {
        close();
        Rounds freezes = Rounds.start("sekisho-freeze", FREEZE_EVERY, new FreezeWorker(factory));
        freezing = Optional.of(freezes);
        Rounds logouts = Rounds.start("sekisho-logout", LOG_OUT_EVERY, new LogoutWorker(factory));
        loggingOut = Optional.of(logouts);
        running = List.of(
                freezes,
                logouts,
                Rounds.start("sekisho-clock", LOOK_AT_CLOCK_EVERY, ClockWatch.of(factory)),
                Rounds.start("sekisho-learning", LEARN_EVERY, new LearningWorker(factory)),
                Rounds.start("sekisho-rotation", LOOK_AT_KEYS_EVERY, new RotationWorker(factory)),
                Rounds.start("sekisho-exemptions", LOOK_AT_EXEMPTIONS_EVERY, new ExemptionWorker(factory)),
                Rounds.start("sekisho-retention", CLEAN_FIRST, CLEAN_EVERY, new RetentionWorker(factory)));
    }

    @Override
    public synchronized void close() {
        running.forEach(Rounds::stop);
        running = List.of();
        freezing = Optional.empty();
        loggingOut = Optional.empty();
    }

    @Override
    public String getId() {
        return ID;
    }
}
