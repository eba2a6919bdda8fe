package jp.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.sekisho.client.Confirmation.Rule;
import jp.sekisho.client.Confirmation.Token;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each check catches what no other one does: an app that leaves it out takes that token. */
// JP25-11
class ConfirmationTest {

    private static final Instant ASKED = Instant.parse("2026-11-29T10:00:00Z");
    private static final Confirmation CONFIRMATION = new Confirmation(
            "https://id.example.jp/realms/broker", "trading-app", "hanako", "op-1", "a".repeat(64), ASKED);
    private static final Token GOOD = new Token(
            CONFIRMATION.issuer(),
            List.of("trading-app"),
            "hanako",
            "op-1",
            "a".repeat(64),
            Confirmation.ACR,
            ASKED.plusSeconds(20));

    @Test
    void aTokenOfThisConfirmationFits() {
        assertThat(CONFIRMATION.broken(GOOD)).isEmpty();
        assertThatCode(() -> CONFIRMATION.check(GOOD)).doesNotThrowAnyException();
    }

    static Stream<Arguments> tokensThatOneCheckCatches() {
        return Stream.of(
                wrong("another realm", Rule.ISSUER, with("https://evil.example", null, null, null, null, null, null)),
                wrong("another app", Rule.AUDIENCE, with(null, List.of("other-app"), null, null, null, null, null)),
                wrong(
                        "this app and another",
                        Rule.AUDIENCE,
                        with(null, List.of("trading-app", "other-app"), null, null, null, null, null)),
                wrong("another customer", Rule.SUBJECT, with(null, null, "taro", null, null, null, null)),
                wrong("another operation", Rule.OPERATION, with(null, null, null, "op-2", null, null, null)),
                wrong("another payee", Rule.DIGEST, with(null, null, null, null, "b".repeat(64), null, null)),
                wrong(
                        "a login by passkey",
                        Rule.LEVEL,
                        with(null, null, null, null, null, "urn:sekisho:acr:phishing-resistant", null)),
                wrong("an old one", Rule.FRESH, with(null, null, null, null, null, null, ASKED.minusSeconds(31))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void tokensThatOneCheckCatches(String what, Rule rule, Token token) {
        assertThat(CONFIRMATION.broken(token)).isEqualTo(Set.of(rule));
        assertThatThrownBy(() -> CONFIRMATION.check(token))
                .isInstanceOf(UnconfirmedException.class)
                .hasMessageContaining(rule.name());
    }

    @ParameterizedTest
    @EnumSource
    void whatATokenDoesNotSayIsNotTaken(Rule rule) {
        Token silent = new Token(
                rule == Rule.ISSUER ? null : GOOD.issuer(),
                rule == Rule.AUDIENCE ? null : GOOD.audience(),
                rule == Rule.SUBJECT ? null : GOOD.subject(),
                rule == Rule.OPERATION ? null : GOOD.operation(),
                rule == Rule.DIGEST ? null : GOOD.digest(),
                rule == Rule.LEVEL ? null : GOOD.acr(),
                rule == Rule.FRESH ? null : GOOD.authTime());
        assertThat(CONFIRMATION.broken(silent)).isEqualTo(Set.of(rule));
    }

    @Test
    void clocksMayDifferALittle() {
        assertThat(CONFIRMATION.broken(with(null, null, null, null, null, null, ASKED.minusSeconds(30))
                        .apply(GOOD)))
                .isEmpty();
    }

    @Test
    void theRequestNamesTheOperationAndInsistsOnTheLevel() throws Exception {
        Map<String, String> parameters = CONFIRMATION.parameters();
        assertThat(parameters).containsOnlyKeys("claims", "authorization_details");
        JsonNode acr = new ObjectMapper().readTree(parameters.get("claims")).at("/id_token/acr");
        assertThat(acr.path("essential").isBoolean() && acr.path("essential").asBoolean())
                .isTrue();
        assertThat(acr.path("values")).hasSize(1);
        assertThat(acr.at("/values/0").asText()).isEqualTo("urn:sekisho:acr:operation");
        assertThat(parameters.get("authorization_details"))
                .isEqualTo("[{\"type\":\"sekisho_operation\",\"operation\":\"op-1\"}]");
    }

    private static Arguments wrong(String what, Rule rule, UnaryOperator<Token> change) {
        return Arguments.of(what, rule, change.apply(GOOD));
    }

    /** What is null stays as it is. */
    private static UnaryOperator<Token> with(
            String issuer,
            List<String> audience,
            String subject,
            String operation,
            String digest,
            String acr,
            Instant authTime) {
        return token -> new Token(
                issuer == null ? token.issuer() : issuer,
                audience == null ? token.audience() : audience,
                subject == null ? token.subject() : subject,
                operation == null ? token.operation() : operation,
                digest == null ? token.digest() : digest,
                acr == null ? token.acr() : acr,
                authTime == null ? token.authTime() : authTime);
    }
}
