package jp.sekisho.checkpoint.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressReadinessTest {

    /** Where Keycloak looks for its options when no server has told it of others. */
    private static final String OPTIONS = "keycloak.";

    @AfterEach
    void forgetOptions() {
        System.clearProperty(OPTIONS + ProxySetup.PROXY_HEADERS);
        System.clearProperty(OPTIONS + ProxySetup.PROXY_TRUSTED_ADDRESSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xforwarded", "forwarded"})
    void headersFromAnybodyAreNotReadyAndTheMissingOptionIsNamed(String headers) {
        option(ProxySetup.PROXY_HEADERS, headers);

        HealthCheckResponse answer = new ClientAddressReadiness().call();

        assertThat(answer.getStatus()).isEqualTo(Status.DOWN);
        assertThat(answer.getName()).isEqualTo("Sekisho client address");
        assertThat(answer.getData().orElseThrow()).containsOnlyKeys("proxy-trusted-addresses");
    }

    @ParameterizedTest
    @CsvSource({"xforwarded, 10.0.0.0/8", "forwarded, '10.1.2.3,fd00::/8'"})
    void namedProxiesAreReady(String headers, String proxies) {
        option(ProxySetup.PROXY_HEADERS, headers);
        option(ProxySetup.PROXY_TRUSTED_ADDRESSES, proxies);

        assertThat(new ClientAddressReadiness().call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void noProxyIsReady() {
        HealthCheckResponse answer = new ClientAddressReadiness().call();

        assertThat(answer.getStatus()).isEqualTo(Status.UP);
        assertThat(answer.getData()).isEmpty();
    }

    private static void option(String key, String value) {
        System.setProperty(OPTIONS + key, value);
    }
}
