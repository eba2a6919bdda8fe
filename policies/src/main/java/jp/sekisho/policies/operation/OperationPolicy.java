package jp.sekisho.policies.operation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;

/**
 * How operations of trading apps are decided.
 *
 * @param valid how long one may be confirmed after it was proposed, and redeemed after it was allowed or confirmed
 * @param heldValid how long one that was held may be taken up again, once its time has come
 * @param tradingWindow for how long a customer confirms that he trades in a session
 * @param payeeWait how long nothing is withdrawn to a bank account that is new or was changed
 * @param payeeImportsUntil the last day on which officers bring bank accounts that the firm knew before
 * @param keep how long the row of one is kept after it was proposed
 * @param requestsPerMinute of one app, over all nodes
 * @param requestsPerCustomer how many of them are about one customer and open something, and how many that close or cancel, on one node
 * @param customersPerMinute for how many of them one app asks, on one node at most
 * @param confirmationsPerHour how many operations one app has one customer confirm, or told that they are held
 * @param tradingPassword who types it
 * @param mode for each operation whether what is decided is done; it is, where it is not named
 */
public record OperationPolicy(
        Duration valid,
        Duration heldValid,
        Duration tradingWindow,
        Duration payeeWait,
        LocalDate payeeImportsUntil,
        Duration keep,
        int requestsPerMinute,
        int requestsPerCustomer,
        int customersPerMinute,
        int confirmationsPerHour,
        TradingPasswordUse tradingPassword,
        Map<Operation, Enforcement> mode) {

    public OperationPolicy {
        require("valid", valid, Duration.ofMinutes(1), Duration.ofHours(1));
        require("held-valid", heldValid, Duration.ofHours(1), Duration.ofDays(30));
        require("trading-window", tradingWindow, Duration.ZERO, Duration.ofHours(24));
        require("payee-wait", payeeWait, Duration.ZERO, Duration.ofDays(14));
        require("keep", keep, Duration.ofDays(30), Duration.ofDays(3650));
        require("requests-per-minute", requestsPerMinute, 1_000_000);
        require("requests-per-customer", requestsPerCustomer, 1_000_000);
        require("customers-per-minute", customersPerMinute, 1_000_000);
        require("confirmations-per-hour", confirmationsPerHour, 1000);
        mode = Map.copyOf(mode);
        mode.keySet().forEach(operation -> {
            if (!operation.ofApps()) {
                throw new IllegalArgumentException("operations.mode." + operation + " is no operation of an app");
            }
        });
    }

    /** Whether what is decided of it is recorded, and not done. */
    // JP25-10
    public boolean monitored(Operation operation) {
        return mode.get(operation) == Enforcement.MONITOR;
    }

    /**
     * What a customer shows to confirm an operation: a passkey is knowledge or biometrics and possession in one gesture; with whatever
     * is less, the trading password is typed.
     *
     * @param strongest factor that he holds, and that does
     */
    // FFAJ-1.4-S1, FFAJ-1.4-S2, JP25-3
    public Set<Factor> confirmedBy(Factor strongest) {
        boolean alone = tradingPassword == TradingPasswordUse.WITHOUT_PASSKEY
                && strongest.factorClass() == FactorClass.PHISHING_RESISTANT;
        return alone ? Set.of(strongest) : Set.of(Factor.TRADING_PASSWORD, strongest);
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
