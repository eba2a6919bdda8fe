package jp.sekisho.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The overlay finds its places in the realm as it is shipped. */
class DemoRealmTest {

    private JsonNode realm;

    @BeforeEach
    void overlay() throws IOException {
        realm = DemoRealm.shipped()
                .withMailServer(2525)
                .withClientSecret("trading-app", "secret-of-the-demo")
                .withDemoPolicy()
                .withOfficersClient("http://localhost:8090/")
                .withCustomers(Customer.ALL)
                .json();
    }

    @Test
    void plainHttpAndTheInboxOfTheDemo() {
        assertThat(realm.path("realm").asText()).isEqualTo(DemoRealm.NAME);
        assertThat(realm.path("sslRequired").asText()).isEqualTo("none");
        assertThat(realm.at("/smtpServer/port").asText()).isEqualTo("2525");
    }

    @Test
    void tradingAppHasItsSecret() {
        assertThat(elements(realm.path("clients")))
                .anySatisfy(client -> assertThat(client.path("secret").asText()).isEqualTo("secret-of-the-demo"));
    }

    /** Its key is made where the app starts: what stands in a file is nobody's account. */
    @Test
    void theAppsServerHasNoSecret() {
        assertThat(elements(realm.path("clients")))
                .filteredOn(client -> client.path("serviceAccountsEnabled").asBoolean())
                .singleElement()
                .satisfies(client -> {
                    assertThat(client.path("clientId").asText()).isEqualTo("trading-backend");
                    assertThat(client.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
                    assertThat(client.has("secret")).isFalse();
                });
    }

    @Test
    void officersHaveAnApplicationOfTheirOwn() {
        assertThat(elements(realm.path("clients")))
                .filteredOn(client -> client.path("clientId").asText().equals(DemoRealm.OFFICERS_CLIENT))
                .singleElement()
                .satisfies(client -> assertThat(elements(client.path("redirectUris")))
                        .extracting(JsonNode::asText)
                        .containsExactly("http://localhost:8090/"));
    }

    @Test
    void throttleAndTheWaitOfABankAccountAreShort() throws IOException {
        JsonNode changes =
                new ObjectMapper().readTree(policy().at("/config/changes/0").asText());

        assertThat(changes.at("/lockout/first-throttle").asText()).isEqualTo("PT1S");
        assertThat(changes.at("/lockout/longest-throttle").asText()).isEqualTo("PT30S");
        assertThat(changes.at("/operations/payee-wait").asText()).isEqualTo("PT1M");
    }

    @Test
    void passwordsStillOpenALogin() throws IOException {
        JsonNode stages = new ObjectMapper()
                .readTree(policy().at("/config/changes/0").asText())
                .at("/migration/stages");

        LocalDate today = LocalDate.now(ZoneId.of("Asia/Tokyo"));
        assertThat(LocalDate.parse(stages.path(0).path("from").asText())).isBefore(today);
        assertThat(stages.path(0).path("ask").asText()).as("no page in between").isEqualTo("INVITE");
        assertThat(elements(stages)).last().satisfies(last -> {
            assertThat(last.path("ask").asText()).isEqualTo("CLOSED");
            assertThat(LocalDate.parse(last.path("from").asText())).isAfter(today);
        });
    }

    @Test
    void customersHaveWhatTheyLogInWith() {
        assertThat(elements(realm.path("users")))
                .filteredOn(user -> !user.has("serviceAccountClientId"))
                .hasSameSizeAs(Customer.ALL)
                .allSatisfy(user -> assertThat(elements(user.path("credentials")))
                        .anySatisfy(credential ->
                                assertThat(credential.path("type").asText()).isEqualTo("password")))
                .anySatisfy(user -> assertThat(elements(user.path("credentials")))
                        .anySatisfy(credential ->
                                assertThat(credential.path("type").asText()).isEqualTo("otp")));
    }

    private JsonNode policy() {
        return elements(realm.path("components"))
                .flatMap(DemoRealmTest::elements)
                .filter(component -> component.path("providerId").asText().equals("sekisho-policy"))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
