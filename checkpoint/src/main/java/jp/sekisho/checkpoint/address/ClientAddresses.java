package jp.sekisho.checkpoint.address;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import org.keycloak.Config;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client's address of the request that a session serves. One instance a server, made in a factory's init. */
public final class ClientAddresses {

    private static final Logger LOG = LoggerFactory.getLogger(ClientAddresses.class);

    private static final String KEY = ClientAddresses.class.getName();

    private final ClientAddressResolver resolver;

    public ClientAddresses(ProxySetup setup) {
        this.resolver = new ClientAddressResolver(setup);
    }

    /**
     * After the server's own options; says in the log, once, if no address can be known.
     *
     * @param scope any scope of the server's configuration
     * @throws IllegalArgumentException names the option whose value is not understood
     */
    public static ClientAddresses configured(Config.Scope scope) {
        ProxySetup setup = ProxySetup.of(scope);
        if (setup.believesAnybody()) {
            LOG.error(
                    "'{}' is set and '{}' is not: anybody could claim any address, so the client's address counts as"
                            + " withheld and every login is at least unusual. Name the addresses of the proxies.",
                    ProxySetup.PROXY_HEADERS,
                    ProxySetup.PROXY_TRUSTED_ADDRESSES);
        }
        return new ClientAddresses(setup);
    }

    /** What is remembered for the rest of the request. */
    private record Resolved(Field<ClientAddress> address) {}

    /** The address of the request in hand; not collected where the session serves none (a job). */
    public Field<ClientAddress> of(KeycloakSession session) {
        Resolved known = session.getAttribute(KEY, Resolved.class);
        if (known != null) {
            return known.address();
        }
        Field<ClientAddress> address = resolve(session);
        session.setAttribute(KEY, new Resolved(address));
        return address;
    }

    /** What somebody says that a client's address is; what is no address is withheld. */
    public static Field<ClientAddress> asserted(String text) {
        return AddressLiteral.address(text)
                .map(ClientAddressResolver::describe)
                .map(Field::of)
                .orElseGet(Field::withheld);
    }

    private Field<ClientAddress> resolve(KeycloakSession session) {
        HttpRequest request;
        try {
            request = session.getContext().getHttpRequest();
        } catch (ContextNotActiveException noRequest) {
            return Field.notCollected();
        }
        return resolver.resolve(new Arrival(
                session.getContext().getConnection().getRemoteAddr(),
                request.isProxyTrusted(),
                instances(request.getHttpHeaders(), "X-Forwarded-For"),
                instances(request.getHttpHeaders(), "Forwarded")));
    }

    private static List<String> instances(HttpHeaders headers, String name) {
        List<String> instances = headers.getRequestHeader(name);
        return instances == null ? List.of() : instances;
    }
}
