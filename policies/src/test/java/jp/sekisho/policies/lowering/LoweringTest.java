package jp.sekisho.policies.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoweringTest {

    @ParameterizedTest
    @CsvSource({
        "mode, enforce, monitor",
        "requirements.LOGIN.LOW, PHISHING_RESISTANT, STRONGEST_FACTOR",
        "requirements.TRADE.HIGH, REFUSED, PHISHING_RESISTANT",
        "interim.LOGIN.LOW, STRONGEST_FACTOR, NOTHING",
        "passkey.LOGIN, SECOND, ANY",
        "enrolment.provisional, PT24H, PT0S",
        "risk.operations.LOGIN, -3, -3.5",
        "risk.cuts.high, 2, 2.1",
        "risk.rules.source-hostile, 3, 2",
        "anomaly.collected.AMOUNT, ALWAYS, WHERE_KNOWN",
        "anomaly.weights.new-payee, 1.2, 1",
        "anomaly.windows.payee, P7D, P6D",
        "anomaly.thresholds.mules, 3, 4",
        "anomaly.cuts.high, 6.5, 7",
        "lockout.lock-after, 10, 11",
        "lockout.window, P1D, PT23H59M",
        "source.ordinary.hostile-share, 0.8, 0.81",
        "notices.choices.NEW_DEVICE, ALWAYS, DEFAULT_ON",
        "notices.mails-an-hour, 20, 5",
        "retention.evidence, P7Y, P83M",
        "exemption.allowed, false, true",
        "exemption.longest, P1Y, P13M",
        "passwords.composition, true, false",
        "operations.trading-password, ALWAYS, WITHOUT_PASSKEY",
        "operations.mode.WITHDRAWAL, enforce, monitor",
        "access.step-up, PHISHING_RESISTANT, OTP",
        "access.loosening-delay, PT24H, PT1H",
        "freeze.rebind, PASSKEY, PASSWORD",
        "session.device, END, NOTE",
        "session.absolute, PT12H, P1D"
    })
    void oneWayIsLowerAndTheOtherIsNot(String key, String high, String low) {
        assertThat(Lowering.lowered(Map.of(key, high), Map.of(key, low))).containsExactly(key);
        assertThat(Lowering.lowered(Map.of(key, low), Map.of(key, high))).isEmpty();
        assertThat(Lowering.lowered(Map.of(key, high), Map.of(key, high))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"device.grace, PT60S, PT1M", "exemption.longest, P1Y, P12M", "passwords.strength, 10, 10.0"})
    void theSameInOtherWordsIsNotLower(String key, String one, String other) {
        assertThat(Lowering.lowered(Map.of(key, one), Map.of(key, other))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"risk.half-life, P30D, P60D", "risk.half-life, P60D, P30D", "risk.zone, Asia/Tokyo, UTC"})
    void whatCannotBeSaidIsLower(String key, String before, String after) {
        assertThat(Lowering.lowered(Map.of(key, before), Map.of(key, after))).containsExactly(key);
    }

    @Test
    void whatTheTableDoesNotKnowIsLower() {
        assertThat(Lowering.lowered(Map.of(), Map.of("tomorrow.key", "1"))).containsExactly("tomorrow.key");
        assertThat(Lowering.lowered(Map.of("new", "1"), Map.of())).containsExactly("new");
        assertThat(Lowering.direction("lockout.forgive-after")).isEmpty();
    }

    @Test
    void whatCannotBeReadIsLower() {
        assertThat(Lowering.lowered(Map.of("lockout.lock-after", "many"), Map.of("lockout.lock-after", "3")))
                .containsExactly("lockout.lock-after");
        assertThat(Lowering.lowered(Map.of("session.idle", "soon"), Map.of("session.idle", "PT1M")))
                .containsExactly("session.idle");
        assertThat(Lowering.lowered(Map.of("session.device", "LATER"), Map.of("session.device", "END")))
                .containsExactly("session.device");
        assertThat(Lowering.lowered(Map.of("session.idle", "PT1M"), Map.of())).containsExactly("session.idle");
    }

    @Test
    void wordsMayComeAndContactsMayBeSetOnce() {
        assertThat(Lowering.lowered(Map.of(), Map.of("passwords.words.sekisho", "sekisho")))
                .isEmpty();
        assertThat(Lowering.lowered(Map.of("passwords.words.sekisho", "sekisho"), Map.of()))
                .containsExactly("passwords.words.sekisho");
        assertThat(Lowering.lowered(Map.of(), Map.of("contact-phone", "0120-000-000")))
                .isEmpty();
        assertThat(Lowering.lowered(Map.of("contact-phone", "0120-000-000"), Map.of("contact-phone", "090-0000-0000")))
                .as("the number of whoever wants to be called")
                .containsExactly("contact-phone");
        assertThat(Lowering.lowered(Map.of("webhook-url", "https://hooks.example"), Map.of()))
                .containsExactly("webhook-url");
    }
}
