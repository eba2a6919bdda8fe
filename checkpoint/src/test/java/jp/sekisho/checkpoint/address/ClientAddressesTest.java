package jp.sekisho.checkpoint.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.checkpoint.OptionScope;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import org.junit.jupiter.api.Test;
import org.keycloak.common.ClientConnection;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

class ClientAddressesTest {

    private static final Map<String, String> BEHIND_PROXY =
            Map.of("proxy-headers", "xforwarded", "proxy-trusted-addresses", "10.0.0.0/8");

    /** Keycloak has put the leftmost element in the place of the peer. */
    @Test
    void readsTheHeadersOfATrustedProxyNotTheAddressThatKeycloakPutInPlace() {
        var session = session("8.8.8.8", true, Map.of("X-Forwarded-For", List.of("8.8.8.8", "133.242.0.3, 10.0.0.9")));

        assertThat(text(BEHIND_PROXY, session)).contains("133.242.0.3");
    }

    @Test
    void readsForwardedWhereThatIsConfigured() {
        var options = Map.of("proxy-headers", "forwarded", "proxy-trusted-addresses", "10.0.0.0/8");
        var session = session(
                "8.8.8.8",
                true,
                Map.of("Forwarded", List.of("for=8.8.8.8, for=133.242.0.3"), "X-Forwarded-For", List.of("1.1.1.1")));

        assertThat(text(options, session)).contains("133.242.0.3");
    }

    @Test
    void takesAnUntrustedPeerForTheClient() {
        var session = session("133.242.0.3", false, Map.of("X-Forwarded-For", List.of("8.8.8.8")));

        assertThat(text(BEHIND_PROXY, session)).contains("133.242.0.3");
    }

    @Test
    void withholdsWhereAnybodysHeaderWouldBeBelieved() {
        var addresses = ClientAddresses.configured(new OptionScope(Map.of("proxy-headers", "xforwarded")));

        assertThat(addresses.of(session("8.8.8.8", true, Map.of("X-Forwarded-For", List.of("8.8.8.8")))))
                .isEqualTo(Field.withheld());
    }

    @Test
    void aJobHasNoAddress() {
        var session = stub(KeycloakSession.class, (proxy, method, arguments) -> {
            return method.getName().equals("getAttribute")
                    ? null
                    : stub(KeycloakContext.class, (context, request, none) -> {
                        throw new ContextNotActiveException();
                    });
        });

        assertThat(ClientAddresses.configured(new OptionScope(Map.of())).of(session))
                .isEqualTo(Field.notCollected());
    }

    @Test
    void readsTheHeadersOnceARequest() {
        AtomicInteger read = new AtomicInteger();
        var session = session("8.8.8.8", true, new AbstractMap<>() {
            @Override
            public List<String> get(Object name) {
                read.incrementAndGet();
                return List.of("133.242.0.3, 10.0.0.9");
            }

            @Override
            public Set<Entry<String, List<String>>> entrySet() {
                return Set.of();
            }
        });

        assertThat(text(BEHIND_PROXY, session)).contains("133.242.0.3");
        int once = read.get();
        assertThat(text(BEHIND_PROXY, session)).contains("133.242.0.3");
        assertThat(read).hasValue(once);
    }

    @Test
    void absurdOptionsAreNamed() {
        assertThatThrownBy(() -> ClientAddresses.configured(new OptionScope(Map.of("proxy-headers", "leftmost"))))
                .hasMessageContaining("proxy-headers");
    }

    private static Optional<String> text(Map<String, String> options, KeycloakSession session) {
        return ClientAddresses.configured(new OptionScope(options))
                .of(session)
                .present()
                .map(ClientAddress::address);
    }

    private static KeycloakSession session(String remoteAddress, boolean trusted, Map<String, List<String>> headers) {
        var requestHeaders = stub(HttpHeaders.class, (proxy, method, arguments) -> headers.get((String) arguments[0]));
        var request = stub(
                HttpRequest.class,
                (proxy, method, arguments) -> method.getName().equals("isProxyTrusted") ? trusted : requestHeaders);
        var connection = stub(ClientConnection.class, (proxy, method, arguments) -> remoteAddress);
        var context = stub(
                KeycloakContext.class,
                (proxy, method, arguments) -> method.getName().equals("getConnection") ? connection : request);
        Map<String, Object> attributes = new HashMap<>();
        return stub(KeycloakSession.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> context;
        });
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
