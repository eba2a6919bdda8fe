package jp.sekisho.tradingapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.oidcLogin;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import jp.sekisho.client.Confirmation;
import jp.sekisho.tradingapp.operations.Unconfirmed;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What this app asks before it moves money, and what it takes for an answer. */
@SpringBootTest(properties = "sekisho.client-secret=test")
@AutoConfigureMockMvc
class OperationsTest {

    private static final StandIn SEKISHO = StandIn.start();

    @Autowired
    private MockMvc app;

    /** Of this test alone: books are kept by customer. */
    private final String customer = UUID.randomUUID().toString();

    private MockHttpSession browser;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("sekisho.issuer", SEKISHO::issuer);
    }

    @AfterAll
    static void stop() {
        SEKISHO.stop();
    }

    @BeforeEach
    void begin() {
        browser = new MockHttpSession();
        SEKISHO.begin(customer);
    }

    private ResultActions perform(MockHttpServletRequestBuilder request) throws Exception {
        return app.perform(request.session(browser)
                .header("User-Agent", "Chrome")
                .with(csrf())
                .with(oidcLogin().idToken(token -> token.subject(customer).claim("sid", "s-1"))));
    }

    private ResultActions order() throws Exception {
        return perform(post("/orders")
                .param("pair", "USD/JPY")
                .param("side", "BUY")
                .param("effect", "OPEN")
                .param("units", "10000"));
    }

    private ResultActions books() throws Exception {
        return perform(get("/transactions")).andExpect(status().isOk());
    }

    private void booked(String fate) throws Exception {
        books().andExpect(content().string(containsString("data-fate=\"" + fate + "\"")));
    }

    /** Where the browser is sent to confirm, which it does. */
    private String sentToConfirm() throws Exception {
        SEKISHO.decide("STEP_UP", "STEP_UP");
        order().andExpect(redirectedUrl(SEKISHO.issuer() + "/auth?client_id=trading-app&request_uri=urn%3Apushed"));
        assertThat(SEKISHO.pushed())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "trading-app")
                .containsEntry("redirect_uri", "http://localhost/confirmed")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("ui_locales", "ja")
                .containsEntry(
                        "authorization_details",
                        "[{\"type\":\"sekisho_operation\",\"operation\":\"" + SEKISHO.operation() + "\"}]")
                .containsKeys("nonce", "state", "code_challenge", "claims")
                .doesNotContainKeys("max_age", "prompt", "code_verifier");
        booked("to-confirm");
        return SEKISHO.pushed().get("state");
    }

    private ResultActions comesBack(String state) throws Exception {
        return perform(get("/confirmed").param("state", state).param("code", "c-1"));
    }

    @Test
    void whatIsAllowedIsRedeemedThenExecutedThenTold() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        order().andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "redeem", "result EXECUTED");
        booked("done");
        books().andExpect(content().string(containsString("USD/JPY 買 新規 10,000")));
    }

    @Test
    void whatIsNotRedeemedIsNotExecuted() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        SEKISHO.refuseRedemptions("VOIDED");
        order().andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "redeem");
        booked("over");
    }

    /** Its state is what it was, as of one whose customer was frozen meanwhile. */
    @Test
    void whatIsRefusedAsItStandsIsNotTriedForEver() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        SEKISHO.refuseRedemptions("ALLOWED");
        order().andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "redeem");
        booked("open");
    }

    @Test
    void whereNobodyAnswersNothingIsExecutedUntilSomebodyDoes() throws Exception {
        SEKISHO.fall();
        order().andExpect(redirectedUrl("/transactions"));
        booked("open");
        SEKISHO.rise();
        SEKISHO.decide("ALLOWED", "ALLOW");
        String id = SEKISHO.lastId();
        perform(post("/transactions/{id}/go-on", id)).andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.lastId()).as("asked by the same id").isEqualTo(id);
        booked("done");
        SEKISHO.forget();
        perform(post("/transactions/{id}/go-on", id));
        assertThat(SEKISHO.calls()).as("it is done").doesNotContain("result EXECUTED");
    }

    @Test
    void oneWhoConfirmedGetsWhatHeConfirmedOnce() throws Exception {
        String state = sentToConfirm();
        SEKISHO.confirm(claims -> {});
        comesBack(state).andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "redeem", "result EXECUTED");
        booked("done");

        comesBack(state).andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        assertThat(SEKISHO.calls()).as("the same once more").hasSize(3);
    }

    static Stream<Arguments> aTokenThatDoesNotFitRedeemsNothing() {
        return Stream.of(
                wrong(
                        "of another operation",
                        claims -> claims.put("operation", UUID.randomUUID().toString())),
                wrong("of another payee or amount", claims -> claims.put("digest", "0".repeat(64))),
                wrong("of a login", claims -> claims.put("acr", "urn:sekisho:acr:phishing-resistant")),
                wrong(
                        "an old one",
                        claims -> claims.put(
                                "auth_time", Instant.now().minusSeconds(3600).getEpochSecond())),
                wrong("of another request", claims -> claims.put("nonce", "another")),
                wrong("of another customer", claims -> claims.put("sub", "somebody")),
                wrong("for another app", claims -> claims.put("aud", "other-app")),
                wrong("for another app as well", claims -> claims.put("aud", List.of("trading-app", "other-app"))),
                wrong("of another issuer", claims -> claims.put("iss", "https://evil.example/realms/broker")),
                wrong(
                        "that has expired",
                        claims -> claims.put(
                                "exp", Instant.now().minusSeconds(600).getEpochSecond())),
                wrong("that says no operation", claims -> claims.remove("operation")),
                wrong("that says no content", claims -> claims.remove("digest")),
                wrong("that says no level", claims -> claims.remove("acr")),
                wrong("that says no time", claims -> claims.remove("auth_time")),
                wrong("without a nonce", claims -> claims.remove("nonce")));
    }

    private static Arguments wrong(String what, Consumer<Map<String, Object>> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aTokenThatDoesNotFitRedeemsNothing(String what, Consumer<Map<String, Object>> change) throws Exception {
        String state = sentToConfirm();
        SEKISHO.confirm(change);
        comesBack(state).andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        assertThat(SEKISHO.calls()).containsExactly("propose");
        booked("to-confirm");
    }

    /**
     * What the comparisons of claims take: who leaves one of these out is confirmed by a code of somebody else's, by a token of
     * long ago, or by one that anybody wrote.
     */
    @ParameterizedTest
    @ValueSource(strings = {"nonce", "exp", "signature"})
    void whatTheLibraryChecksNothingElseCatches(String what) throws Exception {
        String state = sentToConfirm();
        switch (what) {
            case "nonce" -> SEKISHO.confirm(claims -> claims.put("nonce", "another"));
            case "exp" ->
                SEKISHO.confirm(claims ->
                        claims.put("exp", Instant.now().minusSeconds(600).getEpochSecond()));
            default -> SEKISHO.confirmForged();
        }
        JWTClaimsSet claims = SignedJWT.parse(SEKISHO.idToken()).getJWTClaimsSet();
        assertThat(new Confirmation(
                                SEKISHO.issuer(),
                                "trading-app",
                                customer,
                                SEKISHO.operation(),
                                claims.getStringClaim("digest"),
                                Instant.now())
                        .broken(new Confirmation.Token(
                                claims.getIssuer(),
                                claims.getAudience(),
                                claims.getSubject(),
                                claims.getStringClaim("operation"),
                                claims.getStringClaim("digest"),
                                claims.getStringClaim("acr"),
                                claims.getDateClaim("auth_time").toInstant())))
                .isEmpty();
        comesBack(state).andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        assertThat(SEKISHO.calls()).containsExactly("propose");
    }

    @Test
    void aTokenThatSomebodyElseSignedRedeemsNothing() throws Exception {
        String state = sentToConfirm();
        SEKISHO.confirmForged();
        comesBack(state).andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        assertThat(SEKISHO.calls()).containsExactly("propose");
    }

    @Test
    void aCodeThatThisBrowserWasNotSentForIsNotLookedAt() throws Exception {
        String state = sentToConfirm();
        SEKISHO.confirm(claims -> {});
        browser = new MockHttpSession();
        comesBack(state).andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        comesBack("made-up").andExpect(redirectedUrl("/transactions?unconfirmed=OTHER"));
        assertThat(SEKISHO.calls()).containsExactly("propose");
    }

    @Test
    void whatTheCustomerRefusedOnTheOtherPageIsCancelledHere() throws Exception {
        String state = sentToConfirm();
        SEKISHO.decide("CANCELLED", "STEP_UP");
        perform(get("/confirmed")
                        .param("state", state)
                        .param("error", "access_denied")
                        .param("error_description", "cancelled"))
                .andExpect(redirectedUrl("/transactions?unconfirmed=CANCELLED"));
        booked("cancelled");
        assertThat(SEKISHO.calls()).containsExactly("propose", "find");
    }

    @Test
    void theCustomerReadsWhyItWasNotConfirmed() throws Exception {
        for (Unconfirmed why : Unconfirmed.values()) {
            for (String language : List.of("ja", "en")) {
                perform(get("/transactions").param("unconfirmed", why.name()).header("Accept-Language", language))
                        .andExpect(status().isOk())
                        .andExpect(content().string(containsString("role=\"alert\"")))
                        .andExpect(content().string(not(containsString("??"))));
            }
        }
        String state = sentToConfirm();
        perform(get("/confirmed").param("state", state).param("error_description", "disowned"))
                .andExpect(redirectedUrl("/transactions?unconfirmed=DISOWNED"));
        perform(get("/transactions").param("unconfirmed", "made-up")).andExpect(status().isBadRequest());
    }

    @Test
    void whatIsHeldSaysUntilWhenAndWhatIsDeniedWhomToCall() throws Exception {
        SEKISHO.decide("HELD", "HOLD");
        order().andExpect(redirectedUrl("/transactions"));
        booked("held");
        books().andExpect(content().string(containsString("2030年11月30日 19:00:00（日本時間）以降")))
                .andExpect(content().string(containsString("関所証券 0120-000-000")))
                .andExpect(content().string(not(containsString("手続きを続ける"))));
        SEKISHO.decide("DENIED", "DENY");
        order();
        booked("denied");
        app.perform(get("/transactions")
                        .session(browser)
                        .header("Accept-Language", "en")
                        .with(oidcLogin()
                                .idToken(token -> token.subject(customer).claim("sid", "s-1"))))
                .andExpect(content().string(containsString("Please call 関所証券, 0120-000-000 (24h).")));
        assertThat(SEKISHO.calls()).containsExactly("propose", "propose");
    }

    @Test
    void whatAPersonLooksAtGoesOnOnceHeHas() throws Exception {
        SEKISHO.decide("HELD", "HOLD");
        SEKISHO.hold(Optional.empty());
        order();
        books().andExpect(content().string(containsString("手続きを続ける")));
        perform(post("/transactions/{id}/go-on", SEKISHO.lastId())).andExpect(redirectedUrl("/transactions"));
        booked("held");
        SEKISHO.hold(Optional.of("2020-11-30T10:00:00Z"));
        perform(post("/transactions/{id}/go-on", SEKISHO.lastId())).andExpect(redirectedUrl("/transactions"));
        booked("done");
        assertThat(SEKISHO.calls()).startsWith("propose", "find", "find", "redeem");
    }

    @Test
    void theCustomerCancelsWhatIsHeld() throws Exception {
        SEKISHO.decide("HELD", "HOLD");
        order();
        SEKISHO.decide("CANCELLED", "HOLD");
        perform(post("/transactions/{id}/cancel", SEKISHO.lastId())).andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "result CANCELLED");
        booked("cancelled");
    }

    /** Its customer would hear nothing of it. */
    @Test
    void whatIsExecutedAndNotToldYetIsNotCancelled() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        SEKISHO.stopHearing();
        order();
        booked("done");
        perform(post("/transactions/{id}/cancel", SEKISHO.lastId())).andExpect(redirectedUrl("/transactions"));
        booked("done");
        SEKISHO.hear();
        order();
        // The app may be telling the first one by itself.
        await().atMost(Duration.ofSeconds(20)).until(() -> executed() >= 2);
        assertThat(executed()).isEqualTo(2);
        assertThat(SEKISHO.calls()).doesNotContain("result CANCELLED");
    }

    private static long executed() {
        return SEKISHO.calls().stream().filter("result EXECUTED"::equals).count();
    }

    @Test
    void whatIsCancelledWhileItIsRedeemedIsNotExecuted() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        SEKISHO.whileItRedeems(() -> perform(post("/transactions/{id}/cancel", SEKISHO.lastId())));
        order().andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.calls()).containsExactly("propose", "redeem", "result CANCELLED");
        booked("cancelled");
    }

    private void bankAccount() throws Exception {
        SEKISHO.decide("ALLOWED", "ALLOW");
        perform(post("/bank-account")
                        .param("bank", "0001")
                        .param("branch", "123")
                        .param("accountType", "ORDINARY")
                        .param("account", "1234567")
                        .param("holder", "スズキ ハナコ"))
                .andExpect(redirectedUrl("/transactions"));
    }

    private ResultActions withdrawal(String amount) throws Exception {
        return perform(post("/withdrawals").param("amount", amount));
    }

    @Test
    void aWithdrawalGoesToTheAccountOfTheBooksAndToNoOther() throws Exception {
        withdrawal("5000").andExpect(redirectedUrl("/withdrawals?invalid=true"));
        bankAccount();
        perform(get("/withdrawals")).andExpect(content().string(containsString("普通 1234567")));
        perform(post("/withdrawals").param("amount", "5000").param("account", "7654321"))
                .andExpect(redirectedUrl("/transactions"));
        assertThat(SEKISHO.lastProposal())
                .contains("\"value\":\"5000\"", "\"account\":\"1234567\"", "\"value\":\"3000000\"")
                .doesNotContain("7654321");
        perform(get("/withdrawals")).andExpect(content().string(containsString("2,995,000円")));
        withdrawal("2995001").andExpect(redirectedUrl("/withdrawals?invalid=true"));
    }

    @Test
    void theSameMoneyIsPaidOnce() throws Exception {
        bankAccount();
        SEKISHO.forget();
        SEKISHO.whileItRedeems(() -> withdrawal("2000000").andExpect(redirectedUrl("/transactions")));
        withdrawal("2000000").andExpect(redirectedUrl("/transactions"));
        oneOfTwoIsDone();
        perform(get("/withdrawals")).andExpect(content().string(containsString("1,000,000円")));
    }

    private void oneOfTwoIsDone() throws Exception {
        assertThat(SEKISHO.calls())
                .containsExactly("propose", "redeem", "propose", "redeem", "result EXECUTED", "result REJECTED");
        booked("done");
        booked("rejected");
    }

    @Test
    void whatCannotBeReadIsNotAskedAbout() throws Exception {
        for (String units : List.of("", "0", "-1", "1e9", "1.5", "１００", "100000000000")) {
            perform(post("/orders")
                            .param("pair", "USD/JPY")
                            .param("side", "BUY")
                            .param("effect", "OPEN")
                            .param("units", units))
                    .andExpect(redirectedUrl("/orders?invalid=true"));
        }
        perform(post("/orders")).andExpect(redirectedUrl("/orders?invalid=true"));
        perform(get("/orders?invalid=true"))
                .andExpect(content().string(containsString("role=\"alert\"")))
                .andExpect(content().string(containsString("USD/JPY (151.320)")));
        perform(get("/bank-account")).andExpect(content().string(containsString("口座名義（カタカナ）")));
        assertThat(SEKISHO.calls()).isEmpty();
    }

    /** What closes is never asked about: whoever changes the page must not be able to call it so. */
    @Test
    void onlyWhatIsHeldIsClosed() throws Exception {
        // Of USD/JPY 10,000 are bought, of EUR/JPY 5,000 sold.
        for (List<String> opening : List.of(
                List.of("USD/JPY", "BUY", "10000"),
                List.of("USD/JPY", "SELL", "10001"),
                List.of("EUR/JPY", "SELL", "5000"))) {
            close(opening).andExpect(redirectedUrl("/orders?invalid=true"));
        }
        assertThat(SEKISHO.calls()).isEmpty();
        SEKISHO.decide("ALLOWED", "ALLOW");
        close(List.of("USD/JPY", "SELL", "10000")).andExpect(redirectedUrl("/transactions"));
        booked("done");
        close(List.of("USD/JPY", "SELL", "1")).andExpect(redirectedUrl("/orders?invalid=true"));
        close(List.of("EUR/JPY", "BUY", "5000")).andExpect(redirectedUrl("/transactions"));
    }

    /** Each of them is a way out, which nobody is asked about: the second one would be a way in. */
    @Test
    void whatIsHeldIsClosedOnce() throws Exception {
        List<String> all = List.of("USD/JPY", "SELL", "10000");
        SEKISHO.decide("ALLOWED", "ALLOW");
        SEKISHO.whileItRedeems(() -> close(all).andExpect(redirectedUrl("/transactions")));
        close(all).andExpect(redirectedUrl("/transactions"));
        oneOfTwoIsDone();
        close(List.of("USD/JPY", "BUY", "1")).andExpect(redirectedUrl("/orders?invalid=true"));
    }

    private ResultActions close(List<String> order) throws Exception {
        return perform(post("/orders")
                .param("pair", order.get(0))
                .param("side", order.get(1))
                .param("effect", "CLOSE")
                .param("units", order.get(2)));
    }

    @Test
    void nobodyTouchesWhatIsAnothers() throws Exception {
        SEKISHO.decide("HELD", "HOLD");
        order();
        String id = SEKISHO.lastId();
        app.perform(post("/transactions/{id}/go-on", id)
                        .with(csrf())
                        .with(oidcLogin()
                                .idToken(token -> token.subject("another").claim("sid", "s-2"))))
                .andExpect(status().isNotFound());
    }
}
