package jp.sekisho.policies.risk;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.evidence.Place.Position;

/**
 * The customer's last successful login.
 *
 * @param at when
 * @param country ISO 3166-1 alpha-2, where known
 * @param position where known
 * @param address canonical, where known
 */
public record LastLogin(Instant at, Optional<String> country, Optional<Position> position, Optional<String> address) {

    /** As a row: {@code country|latitude|longitude|radius|address}, an empty part for what is not known. */
    public Statistic toStatistic() {
        String where = position.map(p -> p.latitude() + "|" + p.longitude() + "|" + p.accuracyRadiusKm())
                .orElse("||");
        return new Statistic(
                Dimension.LAST_LOGIN, country.orElse("") + "|" + where + "|" + address.orElse(""), 1, at, at);
    }

    static LastLogin of(Statistic row) {
        String[] parts = row.key().split("\\|", 5);
        if (parts.length != 5) {
            throw new IllegalArgumentException("a last login has 5 parts");
        }
        Optional<Position> position = parts[1].isEmpty()
                ? Optional.empty()
                : Optional.of(new Position(
                        Double.parseDouble(parts[1]), Double.parseDouble(parts[2]), Integer.parseInt(parts[3])));
        return new LastLogin(row.updatedAt(), known(parts[0]), position, known(parts[4]));
    }

    private static Optional<String> known(String part) {
        return part.isEmpty() ? Optional.empty() : Optional.of(part);
    }
}
