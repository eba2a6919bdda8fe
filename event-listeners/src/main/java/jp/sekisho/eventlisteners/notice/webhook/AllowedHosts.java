package jp.sekisho.eventlisteners.notice.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.address.AddressLiteral;
import jp.sekisho.checkpoint.address.SpecialPurpose;
import jp.sekisho.checkpoint.policy.UnreadablePolicyException;
import jp.sekisho.checkpoint.policy.WebhookSettings;
import org.apache.http.conn.DnsResolver;

/**
 * Which hosts the server calls for its realms. The answer is given when a name is resolved, and the connection goes to the
 * very addresses that were checked: a name that changes its address between check and use gains nothing.
 */
final class AllowedHosts implements DnsResolver {

    static final String ALLOWED = "allowed-hosts";
    static final String INTERNAL = "internal-hosts";

    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

    private final Set<String> allowed;
    private final Set<String> internal;
    private final DnsResolver resolver;

    AllowedHosts(Set<String> allowed, Set<String> internal, DnsResolver resolver) {
        this.allowed = allowed;
        this.internal = internal;
        this.resolver = resolver;
    }

    /** @throws IllegalArgumentException naming the option that is wrong: it stops the start (decision 12) */
    static AllowedHosts of(String allowedHosts, String internalHosts, DnsResolver resolver) {
        Set<String> allowed = hosts(ALLOWED, allowedHosts);
        Set<String> internal = hosts(INTERNAL, internalHosts);
        if (!allowed.containsAll(internal)) {
            throw new IllegalArgumentException(
                    option(INTERNAL) + " names a host that " + option(ALLOWED) + " does not");
        }
        return new AllowedHosts(allowed, internal, resolver);
    }

    private static Set<String> hosts(String key, String value) {
        Set<String> hosts = Arrays.stream(value.split(","))
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        hosts.stream().filter(host -> !HOST.matcher(host).matches()).findAny().ifPresent(wrong -> {
            throw new IllegalArgumentException(
                    option(key) + ": '" + wrong + "' is no host name (no scheme, port, path or wildcard)");
        });
        return hosts;
    }

    private static String option(String key) {
        return "spi-sekisho-notice-channel--webhook--" + key;
    }

    boolean allows(String host) {
        return allowed.contains(host.toLowerCase(Locale.ROOT));
    }

    /** @throws UnreadablePolicyException naming the option that does not name the webhook's host */
    void check(WebhookSettings webhook) {
        String host = webhook.url().getHost();
        if (!allows(host)) {
            throw new UnreadablePolicyException(
                    WebhookSettings.URL, "names the host " + host + ", which " + option(ALLOWED) + " does not");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        String name = host.toLowerCase(Locale.ROOT);
        if (!allows(name)) {
            throw new UnknownHostException(name + " is not among the allowed hosts");
        }
        InetAddress[] addresses = resolver.resolve(name);
        boolean inside = Arrays.stream(addresses).anyMatch(AllowedHosts::inside);
        if (inside && !internal.contains(name)) {
            throw new UnknownHostException(name + " has an address that is not on the internet");
        }
        return addresses;
    }

    /** Loopback, private, link-local and the like, among them the addresses of cloud metadata. */
    private static boolean inside(InetAddress address) {
        return AddressLiteral.address(address.getHostAddress())
                .map(SpecialPurpose::contains)
                .orElse(true);
    }
}
