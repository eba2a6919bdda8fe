package jp.sekisho.policies.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** The session and the operation, judged together. */
// FFAJ-3-S2
class JoinTest {

    private static final AnomalyPolicy POLICY = AnomalyPolicy.standard();

    private static final Signal NEW_PAYEE = new Signal(Reason.NEW_PAYEE, Block.PAYEE, 4);
    private static final Signal NEW_COUNTRY = new Signal(Reason.NEW_COUNTRY, Block.PLACE, 3);

    @Test
    void aSessionLikeTheCustomerDoesNotMakeUpForAnOperationThatIsNot() {
        Risk joined = join(risk(-5, Level.LOW), risk(2, Level.MEDIUM, NEW_PAYEE));
        assertThat(joined.score()).isEqualTo(2);
        assertThat(joined.level()).isEqualTo(Level.MEDIUM);
    }

    @Test
    void aUsualOperationInAUsualSessionIsUsual() {
        assertThat(join(risk(0.4, Level.LOW), risk(0, Level.LOW)).level()).isEqualTo(Level.LOW);
    }

    @Test
    void twoHalvesAreAWhole() {
        Risk joined = join(risk(3, Level.MEDIUM, NEW_COUNTRY), risk(4, Level.MEDIUM, NEW_PAYEE));
        assertThat(joined.level()).isEqualTo(Level.HIGH);
        assertThat(joined.signals()).containsExactly(NEW_PAYEE, NEW_COUNTRY);
    }

    @Test
    void oneFactAloneIsNotHigh() {
        assertThat(join(risk(3, Level.MEDIUM), risk(4, Level.MEDIUM, NEW_PAYEE)).level())
                .isEqualTo(Level.MEDIUM);
    }

    /** Who is new is strange to every rule at once; that is one question, and no thief. */
    @Test
    void thatLittleIsKnownDoesNotMakeItHigh() {
        Signal few = new Signal(Reason.FEW_OPERATIONS, Block.MONEY, 4);
        assertThat(join(risk(3, Level.MEDIUM, NEW_COUNTRY), risk(4, Level.MEDIUM, few))
                        .level())
                .isEqualTo(Level.MEDIUM);
    }

    @Test
    void whatEitherIsTheyAreTogether() {
        assertThat(join(risk(-1, Level.HIGH), risk(0, Level.LOW)).level()).isEqualTo(Level.HIGH);
        assertThat(join(risk(-1, Level.LOW), risk(0, Level.HIGH)).level()).isEqualTo(Level.HIGH);
    }

    @Property
    void togetherIsNeverLessThanEither(@ForAll("risks") Risk session, @ForAll("risks") Risk operation) {
        Risk joined = join(session, operation);
        assertThat(joined.level()).isGreaterThanOrEqualTo(session.level()).isGreaterThanOrEqualTo(operation.level());
        assertThat(joined.score()).isGreaterThanOrEqualTo(operation.score());
        assertThat(joined.score()).isGreaterThanOrEqualTo(session.score());
        assertThat(joined.signals()).containsAll(session.signals()).containsAll(operation.signals());
    }

    @Property
    void moreAgainstEitherIsNeverLessAgainstBoth(
            @ForAll("risks") Risk session,
            @ForAll("risks") Risk operation,
            @ForAll("signals") Signal signal,
            @ForAll @DoubleRange(min = 0, max = 10) double more,
            @ForAll Level level) {
        Risk before = join(session, operation);
        for (Risk after : List.of(
                join(worse(session, signal, more, level), operation),
                join(session, worse(operation, signal, more, level)))) {
            assertThat(after.level()).isGreaterThanOrEqualTo(before.level());
            assertThat(after.score()).isGreaterThanOrEqualTo(before.score());
            assertThat(after.probability()).isGreaterThanOrEqualTo(before.probability());
        }
    }

    @Provide
    Arbitrary<Signal> signals() {
        return Combinators.combine(
                        Arbitraries.of(Reason.class),
                        Arbitraries.of(Block.class),
                        Arbitraries.doubles().between(-5, 8))
                .as(Signal::new);
    }

    /** An operation's score is never below zero, a session's may be. */
    @Provide
    Arbitrary<Risk> risks() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0, 15),
                        Arbitraries.of(Level.class),
                        signals().list().ofMaxSize(4))
                .as((score, level, signals) -> new Risk(score, 0.5, false, level, signals, List.of()));
    }

    private static Risk worse(Risk risk, Signal signal, double more, Level level) {
        return new Risk(
                risk.score() + more,
                risk.probability(),
                false,
                level.compareTo(risk.level()) > 0 ? level : risk.level(),
                Stream.concat(risk.signals().stream(), Stream.of(signal)).toList(),
                risk.notCollected());
    }

    private static Risk risk(double score, Level level, Signal... signals) {
        return new Risk(score, 0.5, false, level, List.of(signals), List.of());
    }

    private static Risk join(Risk session, Risk operation) {
        return Anomaly.join(session, operation, POLICY);
    }
}
