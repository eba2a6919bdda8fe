package jp.sekisho.benchmarks.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.CountedPopulation;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.LastLogin;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.policies.risk.Statistic;

/** A customer with as many rows as are ever kept, in a realm with 100,000 prefixes. */
final class FullHistory {

    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private FullHistory() {}

    static List<Statistic> rows() {
        List<Statistic> rows = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            for (int i = 0; i < dimension.limit(); i++) {
                Instant at = NOW.minus(Duration.ofDays(i + 1));
                if (dimension == Dimension.LAST_LOGIN) {
                    rows.add(new LastLogin(
                                    at,
                                    Optional.of("JP"),
                                    Optional.of(new Place.Position(35.69, 139.69, 20)),
                                    Optional.of("203.0.113.7"))
                            .toStatistic());
                } else {
                    rows.add(new Statistic(dimension, key(dimension, i), 20.0 / (i + 1), at, at));
                }
            }
        }
        return rows;
    }

    private static String key(Dimension dimension, int i) {
        return switch (dimension) {
            case COUNTRY -> country(i);
            case ASN -> asn(i);
            case PREFIX -> prefix(i);
            case ADDRESS -> prefix(i) + "|203.0." + i + ".7";
            case DEVICE_TYPE -> type(i);
            case OS -> os(i);
            case BROWSER -> browser(i);
            case BROWSER_VERSION -> browser(i % 12) + "|" + (149 - i);
            case HOUR -> i < 10 ? "0" + i : Integer.toString(i);
            default -> "";
        };
    }

    private static String country(int i) {
        return i == 0 ? "JP" : "X" + i;
    }

    private static String asn(int i) {
        return country(i % 8) + "|" + (2516 + i);
    }

    private static String prefix(int i) {
        return asn(i % 12) + "|203.0." + i + ".0/24";
    }

    private static String type(int i) {
        return List.of("desktop", "mobile", "tablet", "other").get(i);
    }

    private static String os(int i) {
        return type(i % 4) + "|System" + i;
    }

    private static String browser(int i) {
        return os(i % 8) + "|Browser" + i;
    }

    static Population realm() {
        CountedPopulation population = new CountedPopulation();
        population.add(Dimension.COUNTRY, "JP", 900_000);
        population.add(Dimension.COUNTRY, "X1", 20_000);
        for (int i = 0; i < 12; i++) {
            population.add(Dimension.ASN, asn(i), 50_000);
            population.add(Dimension.BROWSER, browser(i), 30_000);
        }
        for (int i = 0; i < 100_000; i++) {
            population.add(Dimension.PREFIX, asn(i % 12) + "|10." + i / 256 + "." + i % 256 + ".0/24", 3);
        }
        return population;
    }

    static Evidence usual() {
        return evidence(
                new ClientAddress("203.0.0.7", "203.0.0.0/24", "203.0.0.7", true),
                "JP",
                2516,
                new UserAgent("desktop", "System0", "Browser0", "149"),
                new DeviceSight(DeviceSight.Recognition.KNOWN, Optional.empty()));
    }

    static Evidence stranger() {
        return evidence(
                new ClientAddress("198.51.100.9", "198.51.100.0/24", "198.51.100.9", true),
                "BR",
                28573,
                new UserAgent("mobile", "Android", "Firefox", "151"),
                new DeviceSight(DeviceSight.Recognition.NEW, Optional.empty()));
    }

    static Evidence withheld() {
        Evidence e = stranger();
        return new Evidence(
                e.operation(),
                e.at(),
                Field.withheld(),
                Field.withheld(),
                Field.withheld(),
                Field.withheld(),
                Field.withheld(),
                e.failures());
    }

    private static Evidence evidence(
            ClientAddress address, String country, long asn, UserAgent agent, DeviceSight device) {
        return new Evidence(
                Operation.LOGIN,
                NOW,
                Field.of(address),
                Field.of(new Place(country, Optional.empty(), Optional.of(new Place.Position(35.6, 139.7, 20)))),
                Field.of(new Network(asn, "", Network.Kind.ORDINARY)),
                Field.of(agent),
                Field.of(device),
                new Failures(2, 5, 1));
    }
}
