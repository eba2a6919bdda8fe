package jp.sekisho.integrationtests.geo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.sekisho.integrationtests.firm.Firm;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator named GeoIP files that are not there. */
class MissingGeoIT {

    @TempDir
    Path directory;

    @Test
    void customersStillLogInByStepUpAndTheOperatorIsTold() throws Exception {
        try (KeycloakServer keycloak = KeycloakServer.on(StockDistribution.fromSystemProperties()
                        .build(BuildOptions.named("pack", Database.H2)
                                .withProvidersIn(Path.of(System.getProperty("sekisho.providers")))))
                .home(directory.resolve("keycloak"))
                .realm(new Firm().customer("hanako", true).writeTo(directory))
                .option("spi-sekisho-geo--mmdb--city-file", missing("city"))
                .option("spi-sekisho-geo--mmdb--asn-file", missing("asn"))
                .option("spi-sekisho-geo--mmdb--refresh-interval", "PT1S")
                .start()) {
            Visitor hanako = new Visitor(Firm.app(keycloak.base()));
            Page asked = hanako.openLogin().password("hanako", Firm.PASSWORD);
            assertThat(asked.kind()).as(asked.text()).isEqualTo(Page.Kind.OTP);
            Page remember = asked.otp(Firm.totp(0));
            assertThat(remember.kind()).as(remember.text()).isEqualTo(Page.Kind.REMEMBER);
            assertThat(remember.remember(true).code()).isPresent();

            JsonNode decision = keycloak.admin()
                    .get("/admin/realms/" + Firm.REALM + "/events?type=LOGIN&max=1")
                    .path(0)
                    .path("details");
            assertThat(decision.path("sekisho_level").asText()).isEqualTo("MEDIUM");
            assertThat(decision.path("sekisho_reasons").asText().split(" ")).contains("withheld-evidence");

            assertThat(metrics(keycloak))
                    .contains("sekisho_geo_swap_failures_total{file=\"city-file\"} 1.0")
                    .contains("sekisho_geo_swap_failures_total{file=\"asn-file\"} 1.0");
            assertThat(told(keycloak, "city-file"))
                    .as("looked for each second, told once")
                    .hasSize(1);
            assertThat(told(keycloak, "asn-file")).hasSize(1);
        }
    }

    private String missing(String name) {
        return directory.resolve(name + ".mmdb").toString();
    }

    private static List<String> told(KeycloakServer keycloak, String option) throws IOException {
        return Files.readAllLines(keycloak.log()).stream()
                .filter(line -> line.contains(option + ": ") && line.contains("cannot be used; in use stays: nothing"))
                .toList();
    }

    private static String metrics(KeycloakServer keycloak) throws IOException, InterruptedException {
        URI metrics = URI.create(keycloak.management() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
