package jp.sekisho.policies.operation;

import java.time.Duration;

/**
 * How operations of trading apps are decided.
 *
 * @param valid how long one may be confirmed after it was proposed, and redeemed after it was allowed or confirmed
 * @param heldValid how long one that was held may be taken up again, once its time has come
 * @param tradingWindow for how long a customer confirms that he trades in a session
 * @param payeeWait how long nothing is withdrawn to a bank account that is new or was changed
 * @param keep how long the row of one is kept after it was proposed
 * @param requestsPerMinute of one app, over all nodes
 * @param customersPerMinute for how many of them one app asks, on one node at most
 * @param confirmationsPerHour how many operations one app has one customer confirm, or told that they are held
 */
public record OperationPolicy(
        Duration valid,
        Duration heldValid,
        Duration tradingWindow,
        Duration payeeWait,
        Duration keep,
        int requestsPerMinute,
        int customersPerMinute,
        int confirmationsPerHour) {

    public OperationPolicy {
        require("valid", valid, Duration.ofMinutes(1), Duration.ofHours(1));
        require("held-valid", heldValid, Duration.ofHours(1), Duration.ofDays(30));
        require("trading-window", tradingWindow, Duration.ZERO, Duration.ofHours(24));
        require("payee-wait", payeeWait, Duration.ZERO, Duration.ofDays(14));
        require("keep", keep, Duration.ofDays(30), Duration.ofDays(3650));
        require("requests-per-minute", requestsPerMinute, 1_000_000);
        require("customers-per-minute", customersPerMinute, 1_000_000);
        require("confirmations-per-hour", confirmationsPerHour, 1000);
    }

    private static void require(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("operations." + key + " must be from " + least + " to " + most);
        }
    }

    private static void require(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("operations." + key + " must be from 1 to " + most);
        }
    }
}
