package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** What a login leaves in the evidence log; and that without it nobody comes in. */
// FFAJ-3-S3, JP25-12
@LoginTest
class EvidenceIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    EvidenceIT(World world) {
        this.world = world;
    }

    @Test
    void aRowHoldsAllThatWentIntoTheDecision() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        App.Tokens tokens = visitor.logIn(customer).tokens();

        Tables.Record last = last(customer);
        JsonNode row = JSON.readTree(last.content());
        assertThat(row.path("id").asText()).isEqualTo(last.id());
        assertThat(Instant.parse(row.path("at").asText())).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(row.path("realm").asText()).isEqualTo(world.realmId());
        assertThat(row.path("customer").asText()).matches("[0-9a-f]{64}");
        assertThat(row.path("customerExists").asBoolean()).isTrue();
        assertThat(last.content()).doesNotContain(world.id(customer), customer.username(), customer.email());
        assertThat(row.path("client").asText()).isEqualTo("trading-app");
        assertThat(row.path("session").asText())
                .isEqualTo(tokens.idClaims().path("sid").asText());
        assertThat(row.path("operation").asText()).isEqualTo("LOGIN");

        JsonNode evidence = row.path("evidence");
        assertThat(evidence.at("/address/address").asText()).isEqualTo(Origin.TOKYO_HOME.address());
        assertThat(evidence.at("/address/prefix").asText()).isEqualTo("114.164.71.0/24");
        assertThat(evidence.at("/network/asn").asLong()).isEqualTo(4713);
        assertThat(evidence.at("/place/country").asText()).isEqualTo("JP");
        assertThat(evidence.at("/place/city").asText()).isEqualTo("Tokyo");
        assertThat(evidence.at("/place/position/accuracyRadiusKm").isNumber()).isTrue();
        assertThat(evidence.at("/userAgent/browser").asText()).isEqualTo("Chrome");
        assertThat(evidence.at("/device/recognition").asText()).isEqualTo("KNOWN");
        assertThat(evidence.at("/failures/customer").asInt()).isZero();
        assertThat(row.path("deviceId").asText()).matches("[0-9a-f-]{36}");

        assertThat(row.path("factors")).extracting(JsonNode::asText).containsExactly("PASSWORD");
        assertThat(row.path("factorClass").asText()).isEqualTo("KNOWLEDGE");
        assertThat(row.path("acr").asText())
                .isEqualTo("urn:sekisho:acr:password")
                .isEqualTo(tokens.idClaims().path("acr").asText());
        // A known device's browser is what it was.
        assertThat(blocks(row)).contains("PLACE", "DEVICE");
        assertThat(row.at("/risk/level").asText()).isEqualTo("LOW");
        assertThat(row.path("outcome").asText()).isEqualTo("ALLOW");
        assertThat(row.path("requirement").asText()).isEqualTo("NOTHING");
        assertThat(row.path("enforced").asBoolean()).isTrue();
        assertThat(row.path("policyVersion").asText())
                .isNotEmpty()
                .isEqualTo(world.event(customer).at("/details/sekisho_policy").asText());
        assertThat(row.path("result").asText()).isEqualTo("ADMITTED");
        assertHashed(last);
    }

    @Test
    void everyBlockAndRuleStandsThereWithItsWeightAndTheyAreTheScore() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        visitor.logIn(customer);
        List<Tables.Record> records = world.records(customer);
        JsonNode first = JSON.readTree(records.get(0).content());
        JsonNode last = JSON.readTree(records.get(records.size() - 1).content());

        assertThat(blocks(first)).contains("PLACE", "CLIENT", "DEVICE", "RULE");
        assertThat(first.at("/risk/signals").findValuesAsText("reason")).contains("new-device", "little-history");
        // What is left is the operation's own weight, the same for both.
        assertThat(first.at("/risk/score").asDouble() - weights(first))
                .isCloseTo(last.at("/risk/score").asDouble() - weights(last), within(1e-9));
        assertThat(first.at("/risk/probability").asDouble())
                .isBetween(0.0, 1.0)
                .isGreaterThan(last.at("/risk/probability").asDouble());
        assertThat(first.at("/risk/notCollected").isArray()).isTrue();
    }

    private static List<String> blocks(JsonNode row) {
        return row.at("/risk/signals").findValuesAsText("block");
    }

    private static double weights(JsonNode row) {
        return StreamSupport.stream(row.at("/risk/signals").spliterator(), false)
                .mapToDouble(signal -> signal.path("nats").asDouble())
                .sum();
    }

    @Test
    void theEndOfAStepUpIsARowOfItsOwnWithWhatWasShown() throws Exception {
        Customer customer = world.customer();
        App.Tokens tokens = world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens();
        Tables.Record last = last(customer);
        JsonNode row = JSON.readTree(last.content());
        assertThat(row.path("decision").asText())
                .isEqualTo(world.records(customer).get(0).id());
        assertThat(row.path("factors")).extracting(JsonNode::asText).containsExactly("PASSWORD", "TOTP");
        assertThat(row.path("factorClass").asText()).isEqualTo("OTP");
        assertThat(row.path("acr").asText())
                .isEqualTo("urn:sekisho:acr:mfa")
                .isEqualTo(tokens.idClaims().path("acr").asText());
        assertHashed(last);
        Tables.Record asked = world.records(customer).get(0);
        assertThat(JSON.readTree(asked.content()).has("acr"))
                .as("nothing is reached before the end")
                .isFalse();
        assertHashed(asked);
    }

    @Test
    void nobodyComesInWhoseRowCannotBeWritten() throws Exception {
        Customer customer = world.customer();
        Visitor known = world.visitor(Origin.TOKYO_HOME);
        known.enrol(customer);
        Visitor stranger = world.visitor(Origin.LAGOS);
        int sessions = sessions(customer);

        world.tables().rename("sekisho_evidence", "evidence_away");
        try {
            for (Visitor visitor : List.of(known, stranger)) {
                visitor.header("Accept", "text/html");
                Page refused = visitor.logIn(customer);
                assertThat(refused.kind()).as(refused.text()).isEqualTo(Kind.OTHER);
                assertThat(refused.status()).isGreaterThanOrEqualTo(400);
                assertThat(refused.shows("#kc-error-message"))
                        .as(refused.text())
                        .isTrue();
                assertThat(refused.response().body())
                        .doesNotContainIgnoringCase("exception")
                        .doesNotContain("jp.sekisho", "org.hibernate", "sekisho_evidence");
                assertThat(visitor.openLogin().kind()).as("signed in after all").isEqualTo(Kind.PASSWORD);
            }
            assertThat(sessions(customer)).isEqualTo(sessions);
        } finally {
            world.tables().rename("evidence_away", "sekisho_evidence");
        }
        assertThat(known.logIn(customer).code()).isPresent();
    }

    private int sessions(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/sessions"))
                .size();
    }

    private Tables.Record last(Customer customer) throws Exception {
        List<Tables.Record> records = world.records(customer);
        return records.get(records.size() - 1);
    }

    private void assertHashed(Tables.Record row) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(row.content().getBytes(StandardCharsets.UTF_8)));
        assertThat(world.tables().contentHash(row.id())).isEqualTo(hash);
    }
}
