package jp.sekisho.checkpoint.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalBatch;
import jp.sekisho.policies.signal.SignalEvent;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;
import jp.sekisho.policies.signal.SignalPolicy;
import jp.sekisho.storage.signal.SignalPart;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

// FFAJ-3-B
class HeardSignalsTest {

    private static final SignalPolicy STANDARD = SignalPolicy.standard();
    private static final SignalPolicy POLICY = new SignalPolicy(
            Map.of(Operation.WITHDRAWAL, List.of("home", "withdrawal", "confirm")),
            STANDARD.hurried(),
            STANDARD.intervals(),
            STANDARD.quickest(),
            STANDARD.steadiest(),
            STANDARD.scripted());

    private long now = 1;
    private final HeardSignals heard = new HeardSignals(3, () -> now);

    @Test
    void soManyEventsOfASessionAreTakenInAMinuteAndTheOthersCounted() {
        assertThat(add("one", events(256)) + add("one", events(256))).isZero();
        assertThat(add("one", events(256))).isEqualTo(2 * 256 + 256 - HeardSignals.EVENTS_A_MINUTE);
        assertThat(add("one", events(10))).isEqualTo(10);
        assertThat(add("another", events(10))).isZero();
        assertThat(of("one").events()).isEqualTo(HeardSignals.EVENTS_A_MINUTE);
        assertThat(of("one").dropped()).isEqualTo(178);
        now += TimeUnit.MINUTES.toNanos(1);
        assertThat(add("one", events(10))).isZero();
        assertThat(of("one").events()).isEqualTo(HeardSignals.EVENTS_A_MINUTE + 10);
    }

    @Test
    void soManySessionsAreKnownAtOnceAndNoMore() {
        assertThat(add("one", events(1)) + add("two", events(1)) + add("three", events(1)))
                .isZero();
        assertThat(add("four", events(7))).isEqualTo(7);
        assertThat(heard.of("four")).isEmpty();
        assertThat(add("one", events(1))).as("who is known goes on").isZero();
        written();
        now += TimeUnit.MINUTES.toNanos(6);
        heard.forgetIdle();
        assertThat(heard.size()).isZero();
        assertThat(add("four", events(7))).isZero();
    }

    @Test
    void whatIsNotWrittenIsNotForgotten() {
        add("one", events(1));
        now += TimeUnit.MINUTES.toNanos(6);
        heard.forgetIdle();
        assertThat(of("one").events()).isEqualTo(1);
    }

    @Test
    void onlyWhatChangedIsWrittenAndWhatFailedIsWrittenTheNextTime() {
        add("one", events(1));
        add("two", events(1));
        assertThat(written()).extracting(SignalPart::sessionId).containsExactlyInAnyOrder("one", "two");
        assertThat(written()).isEmpty();
        add("one", events(2));
        assertThatIllegalStateException()
                .isThrownBy(() -> heard.write(10, parts -> {
                    throw new IllegalStateException("the database is away");
                }));
        assertThat(written()).singleElement().satisfies(part -> {
            assertThat(part.sessionId()).isEqualTo("one");
            assertThat(part.heard().events()).isEqualTo(3);
        });
    }

    @Test
    void aSessionOfManyDaysHasARowForEach() {
        add("one", events(1));
        String first = heard.of("one").orElseThrow().id();
        now += TimeUnit.HOURS.toNanos(23);
        add("one", events(1));
        assertThat(heard.of("one").orElseThrow().id()).isEqualTo(first);
        written();
        now += TimeUnit.HOURS.toNanos(2);
        add("one", events(1));
        assertThat(heard.of("one").orElseThrow().id()).isNotEqualTo(first);
    }

    @Test
    void nothingIsLostOfWhatComesAtOnce() throws Exception {
        ExecutorService apps = Executors.newFixedThreadPool(8);
        try {
            Callable<Integer> one = () -> add("one", events(5));
            apps.invokeAll(Collections.nCopies(100, one));
        } finally {
            apps.shutdown();
        }
        assertThat(of("one").events()).isEqualTo(500);
    }

    @Property(tries = 200)
    void whicheverNodesHearItTogetherTheyHeardAll(@ForAll Random random) {
        List<HeardSignals> nodes = List.of(new HeardSignals(9, () -> 1), new HeardSignals(9, () -> 1));
        SessionSignals alone = SessionSignals.NONE;
        for (int i = 0; i < random.nextInt(20); i++) {
            SignalBatch batch = new SignalBatch(some(random), random.nextInt(3));
            alone = alone.and(batch, POLICY);
            nodes.get(random.nextInt(2)).add("realm", "one", batch, POLICY);
        }
        assertThat(nodes.stream()
                        .flatMap(node -> node.of("one").stream())
                        .map(SignalPart::heard)
                        .reduce(SessionSignals.NONE, SessionSignals::and))
                .isEqualTo(alone);
    }

    private static List<SignalEvent> some(Random random) {
        List<String> pages = List.of("home", "withdrawal", "confirm", "elsewhere");
        List<SignalEvent> events = new ArrayList<>();
        for (int i = 0; i < random.nextInt(10); i++) {
            events.add(
                    switch (random.nextInt(3)) {
                        case 0 ->
                            new Transition(
                                    Optional.of(pages.get(random.nextInt(4))),
                                    pages.get(random.nextInt(4)),
                                    Duration.ofMillis(random.nextInt(600)));
                        case 1 ->
                            new Rhythm(
                                    random.nextInt(20),
                                    Duration.ofMillis(random.nextInt(40)),
                                    Duration.ofMillis(random.nextInt(10)));
                        default -> new Finding(Finding.Kind.values()[random.nextInt(Finding.Kind.values().length)]);
                    });
        }
        return events;
    }

    private SessionSignals of(String session) {
        return heard.of(session).orElseThrow().heard();
    }

    private List<SignalPart> written() {
        List<SignalPart> all = new ArrayList<>();
        heard.write(10, all::addAll);
        return all;
    }

    private int add(String session, List<SignalEvent> events) {
        return heard.add("realm", session, new SignalBatch(events, 0), POLICY);
    }

    private static List<SignalEvent> events(int count) {
        return Collections.nCopies(count, new Transition(Optional.empty(), "home", Duration.ZERO));
    }
}
