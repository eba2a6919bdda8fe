package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Personas.LARGE;
import static jp.sekisho.policies.anomaly.Personas.LARGE_TURNOVER;
import static jp.sekisho.policies.anomaly.Personas.THIN;
import static jp.sekisho.policies.anomaly.Personas.THIN_TURNOVER;
import static jp.sekisho.policies.anomaly.Personas.cookieThief;
import static jp.sekisho.policies.anomaly.Personas.dayTrader;
import static jp.sekisho.policies.anomaly.Personas.newcomer;
import static jp.sekisho.policies.anomaly.Personas.pensioner;
import static jp.sekisho.policies.anomaly.Personas.saver;
import static jp.sekisho.policies.anomaly.Personas.thief;
import static jp.sekisho.policies.anomaly.Personas.thiefOf2025;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.RiskPolicy.Cuts;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

// FFAJ-3-S2, FFAJ-3-B, JP25-9
class AnomalyTest {

    @ParameterizedTest
    @MethodSource("jp.sekisho.policies.anomaly.Personas#honest")
    void whatTheyAlwaysDoIsUsual(Scene scene) {
        assertThat(scene.risk().level()).as(scene.risk().toString()).isEqualTo(Level.LOW);
    }

    @Test
    void whoNeverWithdrewIsAskedOnce() {
        assertThat(newcomer().withdraws(50_000, 900_000).risk())
                .satisfies(risk -> assertThat(risk.level()).isEqualTo(Level.MEDIUM))
                .satisfies(risk -> assertThat(reasons(risk)).containsExactly(Reason.NEW_PAYEE, Reason.FEW_OPERATIONS));
    }

    private static Details order(long yen) {
        return Scene.order(Side.BUY, LARGE, yen, yen / 1000, LARGE_TURNOVER);
    }

    @Test
    void whoNeverTradedIsAskedAndNothingElseSpeaksAgainstHim() {
        Scene first = newcomer().wants(Operation.TRADE, order(200_000));
        assertThat(reasons(first.risk())).containsExactly(Reason.FEW_OPERATIONS);
        assertThat(first.risk().level()).isEqualTo(Level.MEDIUM);
        assertThat(first.likeness()).isEqualTo(Likeness.UNKNOWN);
        Scene silent = newcomer()
                .wants(
                        Operation.TRADE,
                        Scene.say(said -> said.amount(Optional.empty())).apply(order(200_000)));
        assertThat(reasons(silent.risk(collecting(List.of()))))
                .as("of a firm whose orders have no amount")
                .containsExactly(Reason.FEW_OPERATIONS);
    }

    @Test
    void oneConfirmationOfWhoNeverTradedIsForAllOrdersLikeIt() {
        Scene confirmed = newcomer().confirmed(Operation.TRADE, Duration.ofMinutes(9), order(200_000));
        assertThat(confirmed.wants(Operation.TRADE, order(200_000)).likeness()).isEqualTo(Likeness.USUAL);
        assertThat(confirmed.wants(Operation.TRADE, order(500_000)).likeness()).isEqualTo(Likeness.USUAL);
        assertThat(confirmed.wants(Operation.TRADE, order(800_000)).likeness()).isEqualTo(Likeness.UNUSUAL);
        assertThat(confirmed
                        .did(Operation.TRADE, Duration.ofMinutes(5), order(500_000))
                        .wants(Operation.TRADE, order(800_000))
                        .likeness())
                .as("what he did not confirm raises nothing")
                .isEqualTo(Likeness.UNUSUAL);
        assertThat(newcomer()
                        .confirmed(Operation.TRADE, Duration.ofHours(25), order(200_000))
                        .wants(Operation.TRADE, order(200_000))
                        .likeness())
                .as("of yesterday")
                .isEqualTo(Likeness.UNKNOWN);
    }

    @Test
    void whatWasConfirmedInOneCurrencyIsNoMeasureOfAnother() {
        Scene dollars = newcomer()
                .confirmed(Operation.TRADE, Duration.ofMinutes(9), order(200_000))
                .wants(
                        Operation.TRADE,
                        Scene.say(said -> said.amount(Optional.of(Money.of("200000.00", "USD")))
                                        .turnover(Optional.of(Money.of("90000000000.00", "USD"))))
                                .apply(order(200_000)));
        assertThat(dollars.likeness()).isEqualTo(Likeness.UNKNOWN);
    }

    @Test
    void ofOrdersWithoutAnAmountTheQuantityOfTheSameInstrumentIsTheMeasure() {
        AnomalyPolicy firm = collecting(List.of());
        UnaryOperator<Details> silent = Scene.say(said -> said.amount(Optional.empty()));
        Scene confirmed = newcomer().confirmed(Operation.TRADE, Duration.ofMinutes(9), silent.apply(order(200_000)));
        assertThat(confirmed
                        .wants(Operation.TRADE, silent.apply(order(300_000)))
                        .likeness(firm))
                .isEqualTo(Likeness.USUAL);
        assertThat(confirmed
                        .wants(Operation.TRADE, silent.apply(order(3_000_000)))
                        .likeness(firm))
                .isEqualTo(Likeness.UNUSUAL);
        assertThat(confirmed
                        .wants(Operation.TRADE, silent.apply(Scene.order(Side.BUY, THIN, 200_000, 200, LARGE_TURNOVER)))
                        .likeness(firm))
                .isEqualTo(Likeness.UNKNOWN);
    }

    @Test
    void whatIsUnlikeACustomerIsSoWhateverHeConfirmed() {
        Scene thin = newcomer()
                .confirmed(Operation.TRADE, Duration.ofMinutes(9), order(200_000))
                .wants(Operation.TRADE, Scene.order(Side.BUY, THIN, 200_000, 200, 1_000_000));
        assertThat(reasons(thin.risk())).contains(Reason.THIN_INSTRUMENT);
        assertThat(thin.likeness()).isEqualTo(Likeness.UNUSUAL);
    }

    @Test
    void whoMovesHouseAndTakesEverythingToHisOldAccountIsAskedAndNotStopped() {
        Risk risk = saver().changed(Change.CONTACT, Duration.ofDays(2))
                .changed(Change.PHONE, Duration.ofDays(2))
                .withdraws(2_000_000, 2_000_000)
                .risk();
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
        assertThat(reasons(risk))
                .containsExactlyInAnyOrder(
                        Reason.UNUSUAL_AMOUNT, Reason.WHOLE_BALANCE, Reason.CONTACT_CHANGED, Reason.PHONE_CHANGED);
    }

    @Test
    void whoChangesHisBankIsAskedAndNotStopped() {
        Risk named = saver().payee(KnownPayee.NOT_HIS).changesAccount().risk();
        assertThat(named.level()).isEqualTo(Level.MEDIUM);
        assertThat(reasons(named)).containsExactly(Reason.NEW_PAYEE, Reason.PAYEE_CHANGED);
        Risk first = saver().paidFor(Duration.ofDays(2), 0, 0)
                .withdraws(80_000, 2_000_000)
                .risk();
        assertThat(first.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void aMarriedCoupleWithOneAccountIsAskedAndNotStopped() {
        Risk risk = newcomer()
                .paidFor(Duration.ofDays(3), 0, 1)
                .withdraws(50_000, 900_000)
                .risk();
        assertThat(reasons(risk)).contains(Reason.SHARED_PAYEE);
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void whoSellsAllForHisHouseIsAskedAndNotStopped() {
        Risk risk = saver().did(Operation.TRADE, Duration.ofDays(4), Scene.saleOf("0.95", 3_000_000))
                .withdraws(3_000_000, 3_000_000)
                .risk();
        assertThat(reasons(risk))
                .containsExactlyInAnyOrder(Reason.UNUSUAL_AMOUNT, Reason.WHOLE_BALANCE, Reason.SOLD_OUT);
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void thePensionerWithANewPhoneIsAskedAndNotStopped() {
        Risk risk = pensioner()
                .changed(Change.DEVICE, Duration.ofHours(20))
                .changed(Change.CREDENTIAL, Duration.ofHours(20))
                .changed(Change.PHONE, Duration.ofHours(30))
                .withdraws(150_000, 9_000_000)
                .risk();
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
        assertThat(reasons(risk))
                .containsExactlyInAnyOrder(Reason.DEVICE_ADDED, Reason.CREDENTIAL_CHANGED, Reason.PHONE_CHANGED);
    }

    @Test
    void theThiefWithANewAccountIsHigh() {
        Risk risk = thief().withdraws(1_950_000, 2_000_000).risk();
        assertThat(risk.level()).as(risk.toString()).isEqualTo(Level.HIGH);
        assertThat(reasons(risk))
                .contains(
                        Reason.UNUSUAL_AMOUNT,
                        Reason.WHOLE_BALANCE,
                        Reason.NEW_PAYEE,
                        Reason.PAYEE_CHANGED,
                        Reason.DEVICE_ADDED,
                        Reason.RIGHT_AFTER_LOGIN);
    }

    @Test
    void theThiefOf2025IsHigh() {
        Risk risk = thiefOf2025()
                .wants(Operation.TRADE, Scene.order(Side.BUY, THIN, 1_500_000, 50_000, THIN_TURNOVER))
                .risk();
        assertThat(risk.level()).as(risk.toString()).isEqualTo(Level.HIGH);
        assertThat(reasons(risk))
                .contains(
                        Reason.UNUSUAL_AMOUNT,
                        Reason.SOLD_OUT,
                        Reason.NEW_INSTRUMENT,
                        Reason.THIN_INSTRUMENT,
                        Reason.SCRIPTED_INPUT,
                        Reason.AUTOMATED_BROWSER);
    }

    /** Each order is too small to be seen. */
    @Test
    void theThiefOf2025InSmallPartsIsSeen() {
        Scene scene = thiefOf2025();
        for (int part = 0; part < 30; part++) {
            scene = scene.did(
                    Operation.TRADE,
                    Duration.ofSeconds(30 + part),
                    Scene.order(Side.BUY, THIN, 50_000, 1700, THIN_TURNOVER));
        }
        Scene next = scene.wants(Operation.TRADE, Scene.order(Side.BUY, THIN, 50_000, 1700, THIN_TURNOVER));
        assertThat(reasons(next.risk())).contains(Reason.THIN_INSTRUMENT, Reason.ORDER_RATE, Reason.NEW_INSTRUMENT);
        assertThat(next.risk().level()).as(next.risk().toString()).isEqualTo(Level.HIGH);
    }

    @Test
    void theCookieThiefIsHigh() {
        Risk risk = cookieThief().withdraws(1_900_000, 2_000_000).risk();
        assertThat(risk.level()).as(risk.toString()).isEqualTo(Level.HIGH);
        assertThat(reasons(risk)).contains(Reason.SESSION_DEVICE_CHANGED, Reason.SESSION_NETWORK_CHANGED);
    }

    @Test
    void theMulesAccountIsHighWithAnythingElse() {
        Scene mule = saver().paidFor(Duration.ofDays(2), 0, 5).changed(Change.CONTACT, Duration.ofHours(30));
        Risk risk = mule.withdraws(1_000_000, 2_000_000).risk();
        assertThat(reasons(risk)).contains(Reason.SHARED_PAYEE);
        assertThat(risk.level()).as(risk.toString()).isEqualTo(Level.HIGH);
    }

    /** Else a stranger could stop a customer's money by naming his account at others. */
    @Test
    void whomIHaveLongPaidNobodyMakesSuspicious() {
        assertThat(saver().paidFor(Duration.ofDays(900), 10, 500)
                        .withdraws(80_000, 2_000_000)
                        .risk())
                .isEqualTo(saver().withdraws(80_000, 2_000_000).risk());
    }

    @Test
    void oneFactAloneIsNeverHigh() {
        AnomalyPolicy strict = cut(0.5, 1.5);
        Risk money = saver().withdraws(999_999_999, 1_000_000_000).risk(strict);
        assertThat(money.score()).isGreaterThan(1.5);
        assertThat(money.level()).isEqualTo(Level.MEDIUM);
        assertThat(saver().changed(Change.PHONE, Duration.ofDays(1))
                        .withdraws(999_999_999, 1_000_000_000)
                        .risk(strict)
                        .level())
                .isEqualTo(Level.HIGH);
    }

    @Test
    void aHostileMarkNeedsNoSecondFact() {
        AnomalyPolicy strict = cut(0.5, 1.5);
        Scene mule = saver().paidFor(Duration.ofDays(1), 0, 3).changesAccount();
        assertThat(mule.risk(strict).level()).isEqualTo(Level.HIGH);
        assertThat(mule.paidFor(Duration.ofDays(1), 0, 2).risk(strict).level()).isEqualTo(Level.MEDIUM);
    }

    // A customer must always be able to get out.
    @Test
    void aWayOutIsNeverUnusual() {
        Scene closing = thiefOf2025()
                .wants(Operation.TRADE, Scene.order(Side.BUY, THIN, 999_999_999, 50_000, THIN_TURNOVER))
                .saying(Scene.say(order -> order.effect(PositionEffect.CLOSE)));
        assertThat(closing.risk().level()).isEqualTo(Level.LOW);
        assertThat(closing.risk().signals()).isEmpty();
        assertThat(closing.risk().score()).isZero();
    }

    @Test
    void whatAThiefDidTodayMakesNothingUsual() {
        Scene scene = saver();
        for (int part = 0; part < 20; part++) {
            scene = scene.did(Operation.WITHDRAWAL, Duration.ofHours(2), Scene.withdrawal(1_900_000, 2_000_000));
        }
        Scene later = scene.withdraws(1_900_000, 2_000_000);
        Signal now = signal(saver().withdraws(1_900_000, 2_000_000).risk(), Reason.UNUSUAL_AMOUNT);
        assertThat(signal(later.risk(), Reason.UNUSUAL_AMOUNT)).isEqualTo(now);
    }

    /** Nobody is asked about them: whoever has a session orders as many as he likes, and waits a day. */
    @Test
    void waysOutMakeNothingUsual() {
        UnaryOperator<Details> closing = Scene.say(order -> order.effect(PositionEffect.CLOSE));
        Scene taught = saver();
        for (int order = 0; order < 200; order++) {
            taught = taught.did(
                    Operation.TRADE,
                    Duration.ofHours(30).plusMillis(order * 250L),
                    closing.apply(Scene.order(Side.BUY, THIN, 900_000_000, 50_000, THIN_TURNOVER)));
        }
        Scene fresh = saver();
        for (int part = 0; part < 8; part++) {
            Details bought = Scene.order(Side.BUY, THIN, 1_500_000, 50_000, THIN_TURNOVER);
            taught = taught.did(Operation.TRADE, Duration.ofSeconds(2 + part), bought);
            fresh = fresh.did(Operation.TRADE, Duration.ofSeconds(2 + part), bought);
        }
        Details order = Scene.order(Side.BUY, THIN, 900_000_000, 50_000, THIN_TURNOVER);
        Risk risk = taught.wants(Operation.TRADE, order).risk();
        assertThat(risk).isEqualTo(fresh.wants(Operation.TRADE, order).risk());
        assertThat(reasons(risk))
                .contains(Reason.UNUSUAL_AMOUNT, Reason.NEW_INSTRUMENT, Reason.THIN_INSTRUMENT, Reason.ORDER_RATE);
        Scene stranger = newcomer();
        for (int day = 2; day < 30; day++) {
            stranger = stranger.did(Operation.TRADE, Duration.ofDays(day), closing.apply(order));
        }
        assertThat(reasons(stranger.wants(Operation.TRADE, order).risk())).contains(Reason.FEW_OPERATIONS);
    }

    @Test
    void whoClosesManyPositionsAndOpensOneOrdersNoFasterThanOthers() {
        Scene scene = saver();
        for (int order = 0; order < 20; order++) {
            scene = scene.did(
                    Operation.TRADE,
                    Duration.ofSeconds(order),
                    Scene.say(said -> said.effect(PositionEffect.CLOSE).share(Optional.of(BigDecimal.ZERO)))
                            .apply(Scene.order(Side.SELL, LARGE, 50_000, 20, LARGE_TURNOVER)));
        }
        scene = scene.wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER));
        assertThat(reasons(scene.risk())).isEmpty();
    }

    @Test
    void whatWasClosedIsSold() {
        Scene scene = saver().did(
                        Operation.TRADE,
                        Duration.ofHours(3),
                        Scene.say(said -> said.effect(PositionEffect.CLOSE)).apply(Scene.saleOf("1", 1_000_000)))
                .withdraws(80_000, 2_000_000);
        assertThat(reasons(scene.risk())).containsExactly(Reason.SOLD_OUT);
    }

    @Test
    void equalAmountsDoNotMakeALittleMoreUnusual() {
        assertThat(pensioner().withdraws(151_000, 9_000_000).risk().score()).isZero();
        assertThat(pensioner().withdraws(3_000_000, 9_000_000).risk().score())
                .isPositive()
                .isLessThan(5);
    }

    @Test
    void whatIsUsualInOneCurrencySaysNothingOfAnother() {
        Scene dollars = saver().withdraws(80_000, 2_000_000)
                .saying(Scene.say(said -> said.amount(Optional.of(Money.of("80000.00", "USD")))
                        .available(Optional.of(Money.of("900000.00", "USD")))));
        assertThat(reasons(dollars.risk())).containsExactly(Reason.FEW_OPERATIONS);
    }

    @Test
    void aBalanceThatCannotBeComparedIsAllOfIt() {
        Scene scene = saver().withdraws(80_000, 0);
        assertThat(reasons(scene.risk())).contains(Reason.WHOLE_BALANCE);
        Scene other = saver().withdraws(80_000, 9_000_000)
                .saying(Scene.say(said -> said.available(Optional.of(Money.of("900000.00", "USD")))));
        assertThat(reasons(other.risk())).contains(Reason.WHOLE_BALANCE);
    }

    @Test
    void aQuantityIsComparedWithOrdersOfThatInstrument() {
        Scene scene = saver().wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 50_000, 2000, LARGE_TURNOVER));
        assertThat(reasons(scene.risk())).containsExactly(Reason.UNUSUAL_SIZE);
    }

    @Test
    void theTradersBusyMinuteIsUsualToHimAndToNobodyElse() {
        Scene trader = dayTrader();
        Scene other = saver();
        for (int order = 0; order < 9; order++) {
            trader = trader.did(
                    Operation.TRADE,
                    Duration.ofSeconds(order),
                    Scene.order(Side.BUY, LARGE, 900_000, 300, LARGE_TURNOVER));
            other = other.did(
                    Operation.TRADE,
                    Duration.ofSeconds(order),
                    Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER));
        }
        trader = trader.wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 900_000, 300, LARGE_TURNOVER));
        other = other.wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER));
        assertThat(reasons(trader.risk())).doesNotContain(Reason.ORDER_RATE);
        assertThat(reasons(other.risk())).containsExactly(Reason.ORDER_RATE);
    }

    @Test
    void aSaleOfAThinInstrumentDoesNotPushIt() {
        Scene sale = saver().wants(Operation.TRADE, Scene.order(Side.SELL, THIN, 60_000, 20, 100_000));
        assertThat(reasons(sale.risk())).doesNotContain(Reason.THIN_INSTRUMENT);
    }

    @Test
    void pagesThatWereSkippedAreSeen() {
        Scene scene = saver().signals(Field.of(Personas.withoutPages())).withdraws(80_000, 2_000_000);
        assertThat(reasons(scene.risk())).containsExactly(Reason.SKIPPED_PAGES);
    }

    @ParameterizedTest
    @EnumSource
    void anyFindingOfTheBrowserIsOne(Finding.Kind kind) {
        SessionSignals found = new SessionSignals(Set.of(), 1, 0, 0, 0, Set.of(kind), 0);
        Risk risk =
                saver().signals(Field.of(found)).withdraws(80_000, 2_000_000).risk();
        assertThat(reasons(risk)).containsExactly(Reason.AUTOMATED_BROWSER);
        assertThat(risk.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void whatNoAppOfTheFirmCanSayWeighsNothingAndIsListed() {
        Scene order = saver().wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER))
                .saying(Scene.say(said -> said.turnover(Optional.empty())));
        assertThat(reasons(order.risk())).containsExactly(Reason.WITHHELD_EVIDENCE);
        Risk currencies =
                order.risk(collecting(List.of(Particular.AMOUNT, Particular.INSTRUMENT, Particular.QUANTITY)));
        assertThat(currencies.signals()).isEmpty();
        assertThat(currencies.notCollected())
                .contains("dailyTurnover", "holdingsShare")
                .doesNotContain("amount");
    }

    @Test
    void anAppWithoutPagesOrSessionIsListed() {
        Risk risk = saver().signals(Field.notCollected())
                .session(Field.notCollected())
                .withdraws(80_000, 2_000_000)
                .risk();
        assertThat(risk.level()).isEqualTo(Level.LOW);
        assertThat(risk.notCollected()).contains("session", "signals");
    }

    @Test
    void aSaleThatDoesNotSayHowMuchOfAllItIsMayBeAll() {
        Scene scene = saver().did(
                        Operation.TRADE,
                        Duration.ofHours(3),
                        Scene.order(Side.SELL, LARGE, 1_000_000, 300, LARGE_TURNOVER))
                .withdraws(80_000, 2_000_000);
        assertThat(reasons(scene.risk())).containsExactly(Reason.SOLD_OUT);
        assertThat(reasons(scene.risk(collecting(List.of(Particular.AMOUNT))))).isEmpty();
    }

    static AnomalyPolicy cut(double medium, double high) {
        AnomalyPolicy p = Scene.POLICY;
        return new AnomalyPolicy(
                p.collected(),
                p.baseline(),
                p.weights(),
                p.windows(),
                p.thresholds(),
                p.caps(),
                p.signals(),
                new Cuts(medium, high),
                p.fit());
    }

    static AnomalyPolicy always(AnomalyPolicy standard) {
        Map<Particular, Collected> collected = new EnumMap<>(Particular.class);
        for (Particular particular : Particular.values()) {
            collected.put(particular, Collected.ALWAYS);
        }
        return with(standard, collected);
    }

    static AnomalyPolicy collecting(List<Particular> particulars) {
        Map<Particular, Collected> collected = new EnumMap<>(Scene.POLICY.collected());
        collected.replaceAll((particular, always) -> particulars.contains(particular) ? always : Collected.WHERE_KNOWN);
        return with(Scene.POLICY, collected);
    }

    private static AnomalyPolicy with(AnomalyPolicy p, Map<Particular, Collected> collected) {
        return new AnomalyPolicy(
                collected,
                p.baseline(),
                p.weights(),
                p.windows(),
                p.thresholds(),
                p.caps(),
                p.signals(),
                p.cuts(),
                p.fit());
    }

    private static Signal signal(Risk risk, Reason reason) {
        return risk.signals().stream()
                .filter(signal -> signal.reason() == reason)
                .findFirst()
                .orElseThrow();
    }

    private static List<Reason> reasons(Risk risk) {
        return risk.signals().stream().map(Signal::reason).toList();
    }
}
