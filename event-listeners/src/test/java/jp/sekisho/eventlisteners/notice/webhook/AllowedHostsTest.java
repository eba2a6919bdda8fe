package jp.sekisho.eventlisteners.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import jp.sekisho.checkpoint.policy.UnreadablePolicyException;
import jp.sekisho.checkpoint.policy.WebhookSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

    private static final String HOST = "hooks.example.jp";

    private static AllowedHosts resolvingTo(Set<String> internal, String... addresses) {
        return new AllowedHosts(
                Set.of(HOST),
                internal,
                host -> Arrays.stream(addresses).map(AllowedHostsTest::literal).toArray(InetAddress[]::new));
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void anAllowedHostOnTheInternetIsCalled() throws UnknownHostException {
        assertThat(resolvingTo(Set.of(), "8.8.8.8").resolve("Hooks.Example.JP")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other.example.jp", "example.jp", "x.hooks.example.jp", "8.8.8.8"})
    void anyOtherHostIsNot(String host) {
        assertThatThrownBy(() -> resolvingTo(Set.of(), "8.8.8.8").resolve(host))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("not among the allowed hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example.jp/hook", "https://8.8.8.8/hook", "https://[::1]:8443/"})
    void aPolicyWithAnotherHostIsRefusedNamingTheOption(String url) {
        AllowedHosts hosts = resolvingTo(Set.of(), "8.8.8.8");
        assertThatThrownBy(() -> hosts.check(new WebhookSettings(URI.create(url), List.of("${vault.hook}"))))
                .isInstanceOf(UnreadablePolicyException.class)
                .hasMessageContaining("webhook-url")
                .hasMessageContaining("spi-sekisho-notice-channel--webhook--allowed-hosts");
        assertThatCode(() -> hosts.check(
                        new WebhookSettings(URI.create("https://Hooks.Example.JP/hook"), List.of("${vault.hook}"))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.0.0.1",
                "192.168.1.1",
                "172.16.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "::1",
                "fd00:ec2::254",
                "fe80::1",
                "::ffff:127.0.0.1"
            })
    void anAddressInsideIsRefusedUnlessTheHostMayHaveOne(String address) throws UnknownHostException {
        assertThatThrownBy(() -> resolvingTo(Set.of(), "8.8.8.8", address).resolve(HOST))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("not on the internet");
        assertThat(resolvingTo(Set.of(HOST), address).resolve(HOST)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hooks.example.jp", "*.example.jp", "hooks.example.jp:8443", "a b", "-x", "ho_st"})
    void absurdOptionsStopTheStartNamingTheKey(String value) {
        assertThatThrownBy(() -> AllowedHosts.of(value, "", host -> new InetAddress[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spi-sekisho-notice-channel--webhook--allowed-hosts");
    }

    @Test
    void internalHostsAreAmongTheAllowedOnes() {
        assertThatThrownBy(() -> AllowedHosts.of(HOST, "other.example.jp", host -> new InetAddress[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spi-sekisho-notice-channel--webhook--internal-hosts");
        assertThat(AllowedHosts.of(" Hooks.Example.JP , b ", "b", host -> new InetAddress[0])
                        .allows(HOST))
                .isTrue();
        assertThat(AllowedHosts.of("", "", host -> new InetAddress[0]).allows(HOST))
                .isFalse();
    }
}
