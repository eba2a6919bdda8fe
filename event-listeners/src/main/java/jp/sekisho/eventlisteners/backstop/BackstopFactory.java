package jp.sekisho.eventlisteners.backstop;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.atomic.AtomicLong;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Listens in every realm; it acts in those with a policy. */
public final class BackstopFactory implements EventListenerProviderFactory {

    public static final String ID = "sekisho-backstop";

    private final AtomicLong vetoed = new AtomicLong();
    private FunctionCounter metric;

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new Backstop(session, vetoed);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public void init(Config.Scope config) {
        // Counted by ourselves: the server's registry may come later, and a counter would forget what was before.
        metric = FunctionCounter.builder("sekisho.backstop.vetoed", vetoed, AtomicLong::get)
                .description("Sessions and tokens that did not pass the checkpoint")
                .register(Metrics.globalRegistry);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {
        Metrics.globalRegistry.remove(metric);
    }

    @Override
    public String getId() {
        return ID;
    }
}
