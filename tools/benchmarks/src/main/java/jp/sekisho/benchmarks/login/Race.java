package jp.sekisho.benchmarks.login;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Rounds of several lanes by turns, so that what the machine does besides hits all of them. */
public final class Race {

    /** What a login leaves to workers is done before the next lane starts. */
    @FunctionalInterface
    public interface Rest {
        void await() throws Exception;
    }

    /** By the lane's name. */
    private final Map<String, List<Round>> rounds = new LinkedHashMap<>();

    /** A server that has run for a day compiles nothing any more; less than this of its processor time counts as that. */
    private static final double QUIET_COMPILER = 0.02;

    /** So many times as many turns as count may go before them. */
    private static final int MOST_PATIENCE = 3;

    private Race() {}

    public static Race none() {
        return new Race();
    }

    /**
     * Turns count once the compiler was quiet for one, but half as many as count go before them at least: lanes by turns
     * make it think again.
     */
    public static Race run(List<Lane> lanes, Load load, Duration warmUp, int rounds, Duration round, Rest rest)
            throws Exception {
        Race race = new Race();
        for (Lane lane : lanes) {
            race.rounds.put(lane.name(), new ArrayList<>());
            load.run(lane, warmUp);
        }
        List<Lane> order = new ArrayList<>(lanes);
        boolean quiet = false;
        for (int turn = 0; turn < MOST_PATIENCE * rounds && !(quiet && turn >= rounds / 2); turn++) {
            quiet = turn(order, load, round, rest).values().stream()
                    .allMatch(done -> done.compiling() < QUIET_COMPILER);
        }
        for (int turn = 0; turn < rounds; turn++) {
            turn(order, load, round, rest)
                    .forEach((lane, done) -> race.rounds.get(lane.name()).add(done));
        }
        return race;
    }

    /** One round of each lane; the next turn begins with another one. */
    private static Map<Lane, Round> turn(List<Lane> order, Load load, Duration round, Rest rest) throws Exception {
        Map<Lane, Round> turn = new LinkedHashMap<>();
        for (Lane lane : order) {
            turn.put(lane, run(lane, load, round, rest));
        }
        Collections.rotate(order, 1);
        return turn;
    }

    private static Round run(Lane lane, Load load, Duration round, Rest rest) throws Exception {
        rest.await();
        ProcessorTime before = lane.meter().read();
        Round done = load.run(lane, round);
        rest.await();
        return done.spending(lane.meter().read().since(before));
    }

    /** The median over the turns of what a lane showed in a turn, by what another showed in the same. */
    public double ratio(String lane, String base, ToDoubleFunction<Round> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.get(lane).size(); i++) {
            ratios.add(figure.applyAsDouble(rounds.get(lane).get(i))
                    / figure.applyAsDouble(rounds.get(base).get(i)));
        }
        return median(ratios);
    }

    /** The rounds of both, of the lanes of the same names. */
    public Race and(Race later) {
        Race both = new Race();
        for (Race race : List.of(this, later)) {
            race.rounds.forEach((lane, own) -> both.rounds
                    .computeIfAbsent(lane, first -> new ArrayList<>())
                    .addAll(own));
        }
        return both;
    }

    /** All rounds of a lane as one. */
    public Round all(String lane) {
        List<Round> own = rounds.get(lane);
        return new Round(
                own.stream().flatMap(one -> one.nanos().stream()).toList(),
                own.stream().mapToLong(Round::time).sum(),
                own.stream().map(Round::spent).reduce(ProcessorTime.NONE, ProcessorTime::plus));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
