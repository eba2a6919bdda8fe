package jp.sekisho.checkpoint.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.session.Change;
import org.junit.jupiter.api.Test;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

// JP25-11, FFAJ-3-S2
class HolderNotesTest {

    private static final UserAgent CHROME = new UserAgent("desktop", "Windows", "Chrome", "140");
    private static final UserAgent APP = new UserAgent("mobile", "iOS", "FirmApp", "3");

    private final Map<String, String> notes = new HashMap<>();
    private final Map<String, String> ofClient = new HashMap<>();

    private final AuthenticatedClientSessionModel client = stub(AuthenticatedClientSessionModel.class, ofClient);
    private final UserSessionModel session = stub(UserSessionModel.class, notes);
    private final AuthenticationSessionModel login = stub(AuthenticationSessionModel.class, notes);

    @Test
    void whoeverCameWithTheSessionIsRememberedUntilSomebodyLogsInAgain() {
        assertThat(HolderNotes.moved(session)).isEmpty();
        HolderNotes.moved(session, EnumSet.of(Change.IDLE, Change.ACCESS_RULE));
        assertThat(HolderNotes.moved(session))
                .as("that says nothing of who holds it")
                .isEmpty();
        HolderNotes.moved(session, EnumSet.of(Change.COUNTRY, Change.IDLE));
        HolderNotes.moved(session, EnumSet.of(Change.USER_AGENT));
        HolderNotes.moved(session, Set.of());
        assertThat(HolderNotes.moved(session)).containsExactlyInAnyOrder(Change.COUNTRY, Change.USER_AGENT);
        HolderNotes.write(login, sight(2497, CHROME), "device");
        assertThat(HolderNotes.moved(session)).isEmpty();
    }

    @Test
    void aNetworkIsAnotherOneWhereBothAreKnown() {
        assertThat(HolderNotes.inAnotherNetwork(session, sight(2497, CHROME)))
                .as("of a session that began before this was noted")
                .isFalse();
        HolderNotes.write(login, sight(2497, CHROME), "device");
        assertThat(HolderNotes.inAnotherNetwork(session, sight(2497, CHROME))).isFalse();
        assertThat(HolderNotes.inAnotherNetwork(session, sight(17676, CHROME))).isTrue();
        assertThat(HolderNotes.inAnotherNetwork(session, sight(Field.notCollected(), Field.notCollected())))
                .isFalse();
    }

    /** Who logs in with his browser, and goes on in the firm's app. */
    @Test
    void anAppThatFetchedItsTokensIsNoOtherBrowser() {
        HolderNotes.write(login, sight(2497, CHROME), "device");
        assertThat(HolderNotes.fetchedBy(session, sight(2497, APP))).isFalse();
        HolderNotes.write(client, Field.of(APP));
        assertThat(HolderNotes.fetchedBy(session, sight(2497, APP))).isTrue();
        assertThat(HolderNotes.fetchedBy(session, sight(2497, CHROME))).isFalse();
    }

    private static SessionSight sight(long network, UserAgent userAgent) {
        return sight(Field.of(new Network(network, "", Network.Kind.ORDINARY)), Field.of(userAgent));
    }

    private static SessionSight sight(Field<Network> network, Field<UserAgent> userAgent) {
        return new SessionSight(
                new Subject("pseudonym", Optional.empty()),
                new Evidence(
                        Operation.LOGIN,
                        Instant.EPOCH,
                        Field.notCollected(),
                        Field.notCollected(),
                        network,
                        userAgent,
                        Field.notCollected(),
                        new Failures(0, 0, 0)),
                Optional.empty());
    }

    private <T> T stub(Class<T> type, Map<String, String> kept) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getNote" -> kept.get(arguments[0]);
                    case "setNote", "setUserSessionNote" -> kept.put((String) arguments[0], (String) arguments[1]);
                    case "getAuthenticatedClientSessions" -> Map.of("app", client);
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }
}
