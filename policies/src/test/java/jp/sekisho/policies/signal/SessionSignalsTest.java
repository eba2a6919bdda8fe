package jp.sekisho.policies.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSignalsTest {

    private static final SignalPolicy POLICY = withPath("home", "withdrawal", "withdrawal-confirm");

    private static final Transition TO_FORM = transition("home", "withdrawal", 4000);
    private static final Transition TO_CONFIRM = transition("withdrawal", "withdrawal-confirm", 20_000);

    @Test
    void aPersonPassesAllPages() {
        SessionSignals session = after(TO_FORM, TO_CONFIRM);
        assertThat(session.skips(Operation.WITHDRAWAL, POLICY)).isFalse();
        assertThat(session.skips(Operation.TRADE, POLICY)).isFalse();
        assertThat(session.visited()).containsExactlyInAnyOrder("home", "withdrawal", "withdrawal-confirm");
    }

    @Test
    void goingBackAndOnAgainSkipsNothing() {
        SessionSignals session = after(
                TO_FORM,
                TO_CONFIRM,
                transition("withdrawal-confirm", "withdrawal", 2000),
                TO_CONFIRM,
                transition("withdrawal-confirm", "home", 2000),
                TO_FORM);
        assertThat(session.skips(Operation.WITHDRAWAL, POLICY)).isFalse();
    }

    @Test
    void whoComesFromElsewhereOrNeverCameSkips() {
        assertThat(after(TO_FORM, transition("home", "withdrawal-confirm", 9000))
                        .skips(Operation.WITHDRAWAL, POLICY))
                .isTrue();
        assertThat(after(TO_FORM, new Transition(Optional.empty(), "withdrawal-confirm", Duration.ZERO))
                        .skips(Operation.WITHDRAWAL, POLICY))
                .isTrue();
        assertThat(after(TO_FORM).skips(Operation.WITHDRAWAL, POLICY)).isTrue();
        assertThat(SessionSignals.NONE.skips(Operation.WITHDRAWAL, POLICY)).isTrue();
    }

    @Test
    void whoReadsNothingSkips() {
        assertThat(after(TO_FORM, transition("withdrawal", "withdrawal-confirm", 299))
                        .skips(Operation.WITHDRAWAL, POLICY))
                .isTrue();
        assertThat(after(TO_FORM, transition("withdrawal", "withdrawal-confirm", 300))
                        .skips(Operation.WITHDRAWAL, POLICY))
                .isFalse();
    }

    @Test
    void whereAFirmNamesNoPathNothingIsSkipped() {
        SessionSignals session = SessionSignals.NONE.and(
                batch(transition("one", "two", 0), transition("three", "four", 0)), SignalPolicy.standard());
        assertThat(session.skips(Operation.WITHDRAWAL, SignalPolicy.standard())).isFalse();
        assertThat(session.visited()).isEmpty();
    }

    @Test
    void aScriptIsTooQuickOrTooSteady() {
        assertThat(after(rhythm(40, 5, 30), rhythm(40, 5, 30)).scripted(POLICY)).isTrue();
        assertThat(after(rhythm(40, 100, 1), rhythm(40, 100, 3)).scripted(POLICY))
                .isTrue();
        assertThat(after(rhythm(40, 120, 45), rhythm(300, 60, 20)).scripted(POLICY))
                .isFalse();
    }

    @Test
    void oneFieldMayBeFilledByTheBrowserAndAFewKeysSayNothing() {
        assertThat(after(rhythm(40, 1, 0)).scripted(POLICY)).isFalse();
        assertThat(after(rhythm(7, 1, 0), rhythm(7, 1, 0), rhythm(0, 0, 0)).scripted(POLICY))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Home", "/withdrawal", "a b", "-a", "出金", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "a.b"
            })
    void pagesAreNamedShort(String page) {
        assertThatIllegalArgumentException().isThrownBy(() -> transition("home", page, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> transition(page, "home", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> withPath(page));
    }

    @Test
    void whatNoPageCanMeanIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> transition("home", "home", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> transition("home", "home", 86_400_001));
        assertThatIllegalArgumentException().isThrownBy(() -> rhythm(-1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> rhythm(10_001, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> rhythm(1, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> rhythm(1, 1, 3_600_001));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignalBatch(List.of(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SignalBatch(Collections.nCopies(257, TO_FORM), 0));
    }

    @Test
    void whatWasDroppedIsCounted() {
        SessionSignals session = SessionSignals.NONE
                .and(new SignalBatch(List.of(TO_FORM), 3), POLICY)
                .and(new SignalBatch(List.of(), 4), POLICY);
        assertThat(session.dropped()).isEqualTo(7);
        assertThat(session.events()).isEqualTo(1);
        assertThat(session.and(new SignalBatch(List.of(), Integer.MAX_VALUE), POLICY)
                        .and(new SignalBatch(List.of(), Integer.MAX_VALUE), POLICY)
                        .dropped())
                .isEqualTo(1_000_000);
    }

    @Property
    void theOrderOfBatchesDoesNotMatter(@ForAll("batches") List<SignalBatch> batches, @ForAll Random random) {
        List<SignalBatch> shuffled = new ArrayList<>(batches);
        Collections.shuffle(shuffled, random);
        assertThat(fold(shuffled)).isEqualTo(fold(batches));
    }

    @Property
    void whatWasFoundStaysFound(
            @ForAll("batches") List<SignalBatch> before, @ForAll("batches") List<SignalBatch> later) {
        SessionSignals first = fold(before);
        SessionSignals then = first;
        for (SignalBatch batch : later) {
            then = then.and(batch, POLICY);
        }
        assertThat(then.skipped()).isGreaterThanOrEqualTo(first.skipped());
        assertThat(then.hurried()).isGreaterThanOrEqualTo(first.hurried());
        assertThat(then.scripted()).isGreaterThanOrEqualTo(first.scripted());
        assertThat(then.findings()).containsAll(first.findings());
        assertThat(then.visited()).containsAll(first.visited());
    }

    @Property(tries = 100)
    void asMuchIsKeptOfManyAsOfFew(@ForAll("batches") List<SignalBatch> batches) {
        SessionSignals session = fold(batches);
        assertThat(session.visited().size()).isLessThanOrEqualTo(POLICY.pages().size());
        assertThat(session.findings().size()).isLessThanOrEqualTo(Finding.Kind.values().length);
    }

    @Provide
    Arbitrary<List<SignalBatch>> batches() {
        Arbitrary<SignalEvent> event = Arbitraries.randomValue(SessionSignalsTest::event);
        return event.list()
                .ofMaxSize(20)
                .map(events -> new SignalBatch(events, events.size()))
                .list()
                .ofMaxSize(20);
    }

    private static SignalEvent event(Random random) {
        List<String> pages = List.of("home", "withdrawal", "withdrawal-confirm", "page" + random.nextInt(1000));
        return switch (random.nextInt(3)) {
            case 0 ->
                new Transition(
                        random.nextInt(5) == 0 ? Optional.empty() : Optional.of(pages.get(random.nextInt(4))),
                        pages.get(random.nextInt(4)),
                        Duration.ofMillis(random.nextInt(600)));
            case 1 -> rhythm(random.nextInt(50), random.nextInt(40), random.nextInt(10));
            default -> new Finding(Finding.Kind.values()[random.nextInt(Finding.Kind.values().length)]);
        };
    }

    private static SessionSignals fold(List<SignalBatch> batches) {
        SessionSignals session = SessionSignals.NONE;
        for (SignalBatch batch : batches) {
            session = session.and(batch, POLICY);
        }
        return session;
    }

    private static SessionSignals after(SignalEvent... events) {
        return SessionSignals.NONE.and(batch(events), POLICY);
    }

    private static SignalBatch batch(SignalEvent... events) {
        return new SignalBatch(List.of(events), 0);
    }

    private static Transition transition(String from, String to, long stay) {
        return new Transition(Optional.of(from), to, Duration.ofMillis(stay));
    }

    private static Rhythm rhythm(int intervals, long median, long deviation) {
        return new Rhythm(intervals, Duration.ofMillis(median), Duration.ofMillis(deviation));
    }

    private static SignalPolicy withPath(String... pages) {
        SignalPolicy standard = SignalPolicy.standard();
        return new SignalPolicy(
                Map.of(Operation.WITHDRAWAL, List.of(pages)),
                standard.hurried(),
                standard.intervals(),
                standard.quickest(),
                standard.steadiest(),
                standard.scripted());
    }
}
