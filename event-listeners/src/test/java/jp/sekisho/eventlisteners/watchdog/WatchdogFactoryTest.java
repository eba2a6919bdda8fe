package jp.sekisho.eventlisteners.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEventListener;

/** When the watchdog goes its round; what it sees there is tested on a server. */
class WatchdogFactoryTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Semaphore rounds = new Semaphore(0);
    private final List<ProviderEventListener> starters = new ArrayList<>();
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private WatchdogFactory watchdog;

    @AfterEach
    void stop() {
        watchdog.close();
    }

    @Test
    void itGoesAgainAndAgainWithoutAnybodyTellingIt() throws Exception {
        started(Duration.ofMillis(1));
        assertThat(rounds.tryAcquire(5, 1, TimeUnit.MINUTES)).isTrue();
        assertThat(WatchdogFactory.EVERY).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void itGoesAtOnceWhenTheServerStartsAndWhenAnAdministratorsChangeIsCommitted() throws Exception {
        started(NEVER);
        assertThat(rounds.tryAcquire(1, TimeUnit.MINUTES)).as("at the start").isTrue();

        told(ResourceType.USER);
        assertThat(afterCompletion).as("no flow is bound to a user").isEmpty();
        told(ResourceType.AUTH_EXECUTION);
        KeycloakTransaction committed = afterCompletion.get(0);
        assertThat(rounds.tryAcquire()).as("not before the commit").isFalse();
        committed.begin();
        committed.commit();
        assertThat(rounds.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }

    private void started(Duration every) {
        watchdog = new WatchdogFactory(every);
        watchdog.postInit(stub(
                KeycloakSessionFactory.class,
                Map.of(
                        "register",
                        arguments -> {
                            starters.add((ProviderEventListener) arguments[0]);
                            return null;
                        },
                        "create",
                        arguments -> session())));
        starters.forEach(starter -> starter.onEvent(new PostMigrationEvent(null)));
    }

    private void told(ResourceType changed) {
        AdminEvent event = new AdminEvent();
        event.setResourceType(changed);
        watchdog.create(session()).onEvent(event, false);
    }

    /** A server without realms: the round begins with asking for them. */
    private KeycloakSession session() {
        KeycloakTransactionManager transactions =
                stub(KeycloakTransactionManager.class, Map.of("enlistAfterCompletion", arguments -> {
                    afterCompletion.add((KeycloakTransaction) arguments[0]);
                    return null;
                }));
        RealmProvider realms = stub(RealmProvider.class, Map.of("getRealmsWithProviderTypeStream", arguments -> {
            rounds.release();
            return Stream.empty();
        }));
        return stub(
                KeycloakSession.class,
                Map.of("getTransactionManager", arguments -> transactions, "realms", arguments -> realms));
    }

    private static <T> T stub(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.getOrDefault(method.getName(), none -> null).apply(arguments)));
    }
}
