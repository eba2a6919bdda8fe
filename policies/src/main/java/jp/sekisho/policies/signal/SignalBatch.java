package jp.sekisho.policies.signal;

import java.util.List;

/**
 * What a page noticed since it last said so.
 *
 * @param events at most {@value #MOST}
 * @param dropped how many more there were that the page left out
 */
public record SignalBatch(List<SignalEvent> events, int dropped) {

    public static final int MOST = 256;

    public SignalBatch {
        if (events.size() > MOST) {
            throw new IllegalArgumentException("a batch has at most " + MOST + " events");
        }
        if (dropped < 0) {
            throw new IllegalArgumentException("dropped must not be negative");
        }
        events = List.copyOf(events);
    }
}
