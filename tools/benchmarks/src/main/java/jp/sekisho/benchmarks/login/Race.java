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

    private Race() {}

    /** Half as many turns again go before those that count: lanes by turns make the compiler think again. */
    public static Race run(List<Lane> lanes, Load load, Duration warmUp, int rounds, Duration round, Rest rest)
            throws Exception {
        Race race = new Race();
        for (Lane lane : lanes) {
            race.rounds.put(lane.name(), new ArrayList<>());
            load.run(lane, warmUp);
        }
        List<Lane> order = new ArrayList<>(lanes);
        for (int turn = -rounds / 2; turn < rounds; turn++) {
            for (Lane lane : order) {
                Round done = run(lane, load, round, rest);
                if (turn >= 0) {
                    race.rounds.get(lane.name()).add(done);
                }
            }
            Collections.rotate(order, 1);
        }
        return race;
    }

    private static Round run(Lane lane, Load load, Duration round, Rest rest) throws Exception {
        rest.await();
        ProcessorTime before = lane.meter().read();
        Round done = load.run(lane, round);
        rest.await();
        return done.spending(lane.meter().read().since(before));
    }

    /** The median over the turns of what a lane showed in a turn, by what another showed in the same. */
    public double ratio(Lane lane, Lane base, ToDoubleFunction<Round> figure) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds.get(lane.name()).size(); i++) {
            ratios.add(figure.applyAsDouble(rounds.get(lane.name()).get(i))
                    / figure.applyAsDouble(rounds.get(base.name()).get(i)));
        }
        return median(ratios);
    }

    /** All rounds of a lane as one. */
    public Round all(Lane lane) {
        List<Round> own = rounds.get(lane.name());
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
