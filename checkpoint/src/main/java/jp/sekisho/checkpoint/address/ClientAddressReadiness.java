package jp.sekisho.checkpoint.address;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.keycloak.Config;

/** Not ready where Keycloak believes anybody's proxy header: no customer's address can be known. */
@Readiness
@ApplicationScoped
public class ClientAddressReadiness implements HealthCheck {

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("Sekisho client address");
        return ProxySetup.of(Config.scope()).believesAnybody()
                ? check.down()
                        .withData(ProxySetup.PROXY_TRUSTED_ADDRESSES, "missing, though proxy-headers is set")
                        .build()
                : check.up().build();
    }
}
