package jp.sekisho.eventlisteners.notice;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many notices of each customer are under way on this node and not yet written down as sent. */
final class Allowance {

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /** Counts one more; returns how many were under way before it. */
    int enter(String userId) {
        return underWay.merge(userId, 1, Integer::sum) - 1;
    }

    void leave(String userId) {
        underWay.computeIfPresent(userId, (id, count) -> count == 1 ? null : count - 1);
    }
}
