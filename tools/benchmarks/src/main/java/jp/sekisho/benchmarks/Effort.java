package jp.sekisho.benchmarks;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param customers that log in
 * @param history customers of the large database, those that log in among them
 * @param operations that each customer of the large database has asked about before
 * @param clients that log in at once
 * @param rounds of each lane
 * @param starts of the servers of which each login is short: Java compiles a server's code once, and not alike each time
 * @param webhooks notices in the outbox when it is opened
 * @param mails the same for mail
 * @param accessRules of one realm
 */
public record Effort(
        int customers,
        int history,
        int operations,
        int clients,
        Duration warmUp,
        int rounds,
        Duration round,
        int starts,
        int countedLogins,
        int webhooks,
        int mails,
        int accessRules) {

    static Effort of(String name) {
        return switch (name) {
            case "quick" ->
                new Effort(40, 5_000, 10, 4, Duration.ofSeconds(5), 2, Duration.ofSeconds(4), 1, 3, 600, 60, 100_000);
            case "brief" ->
                new Effort(
                        200,
                        100_000,
                        10,
                        8,
                        Duration.ofSeconds(30),
                        5,
                        Duration.ofSeconds(6),
                        1,
                        5,
                        3_000,
                        300,
                        100_000);
            case "full" ->
                new Effort(
                        1_000,
                        1_000_000,
                        10,
                        8,
                        Duration.ofSeconds(60),
                        10,
                        Duration.ofSeconds(8),
                        3,
                        10,
                        15_000,
                        1_500,
                        1_000_000);
            default -> throw new IllegalArgumentException("effort is quick, brief or full, not " + name);
        };
    }
}
