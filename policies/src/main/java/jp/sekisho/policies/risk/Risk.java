package jp.sekisho.policies.risk;

import java.util.List;
import java.util.stream.Stream;

/**
 * The sum of the signals.
 *
 * @param score nats
 * @param probability σ(a·score + b) of the policy's fit, 0 to 1
 * @param calibrated whether a firm fitted a and b to its own data; until then the probability only ranks
 * @param level cut on the score by the policy
 * @param signals heaviest first
 * @param notCollected the names of the evidence that this channel cannot have
 */
public record Risk(
        double score,
        double probability,
        boolean calibrated,
        Level level,
        List<Signal> signals,
        List<String> notCollected) {

    public Risk {
        signals = List.copyOf(signals);
        notCollected = List.copyOf(notCollected);
    }

    /** The same at another level. */
    public Risk at(Level other) {
        return new Risk(score, probability, calibrated, other, signals, notCollected);
    }

    /** The same risk with one more thing that speaks against the operation. */
    public Risk and(Signal signal) {
        return new Risk(
                score,
                probability,
                calibrated,
                level,
                Stream.concat(Stream.of(signal), signals.stream()).toList(),
                notCollected);
    }
}
