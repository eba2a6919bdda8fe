package jp.sekisho.storage.dossier;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Answer;
import jp.sekisho.storage.schema.Statements.Question;
import jp.sekisho.storage.schema.Statements.Reading;
import jp.sekisho.storage.schema.Values;

/** Reads counters, device, trust, freezes, choice and the database's clock together: a login pays for one statement, not for six. */
public final class Dossiers {

    // One row a counter and freeze, and one where there is none; the rest is the same in each.
    private static final String LINES = "select current_timestamp, n.WANTED,"
            + " (select max(PROVISIONAL_UNTIL) from {h-schema}SEKISHO_PASSKEY where CUSTOMER = ?), "
            + Freezes.COLUMNS + ", " + Counters.COLUMNS;

    private static final String TABLES = """
             from (select 1 as N) k
            left join {h-schema}SEKISHO_FREEZE f on f.CUSTOMER = ? and f.THAWED_AT is null
            left join {h-schema}SEKISHO_PREFERENCE n on n.CUSTOMER = ? and n.NOTICE = ?
            left join {h-schema}SEKISHO_COUNTER c on c.CUSTOMER = ?""";

    /** Where the token of a device came along. */
    private static final String DEVICE_COLUMNS = ", h.MARKED_AT, " + Devices.COLUMNS;

    private static final String DEVICE_TABLES = """

            left join {h-schema}SEKISHO_DEVICE d on d.ID = ? and d.REALM_ID = ?
            left join {h-schema}SEKISHO_DEVICE_TRUST t on t.DEVICE_ID = d.ID and t.CUSTOMER = ?
            left join {h-schema}SEKISHO_HOSTILE h on h.CUSTOMER = ? and h.MARK = ?""";

    private final EntityManager em;

    public Dossiers(EntityManager em) {
        this.em = em;
    }

    private record Line<T>(
            Instant now,
            Optional<Boolean> wanted,
            Optional<Instant> provisionalUntil,
            Optional<Freeze> freeze,
            Optional<Counter> counter,
            Optional<Instant> disownedAt,
            Optional<Sighting> sighting,
            T besides) {

        static <T> Line<T> read(Row row, boolean withDevice, Reading<T> besides) throws SQLException {
            return new Line<>(
                    row.clock(),
                    row.flag(),
                    Optional.ofNullable(row.instant()),
                    Freezes.read(row),
                    Counters.read(row),
                    withDevice ? Optional.ofNullable(row.instant()) : Optional.empty(),
                    withDevice ? Devices.read(row) : Optional.empty(),
                    besides.read(row));
        }
    }

    /** One statement. Of a customer of whom nothing is known, it says so. */
    public Dossier find(String realmId, String customer, Optional<String> deviceId) {
        return dossier(Statements.of(em).select(lines(realmId, customer, deviceId, Besides.NOTHING)));
    }

    /** A dossier, what is usual for the customer, and what was read besides. */
    public record WithUsual<T>(Dossier dossier, List<Statistic> usual, T besides) {}

    /** Both in one trip to the database. */
    public WithUsual<?> findWithUsual(String realmId, String customer, Optional<String> deviceId) {
        return findWithUsual(realmId, customer, deviceId, Besides.NOTHING, List.of());
    }

    /** The same, and whatever else is asked with them. */
    public <T> WithUsual<T> findWithUsual(
            String realmId, String customer, Optional<String> deviceId, Besides<T> besides, List<Answer<?>> more) {
        Answer<Line<T>> lines = Answer.to(lines(realmId, customer, deviceId, besides));
        Answer<Statistic> usual = Answer.to(Baselines.usualOf(customer));
        Statements.of(em)
                .ask(Stream.concat(Stream.of(lines, usual), more.stream()).toList());
        return new WithUsual<>(
                dossier(lines.rows()), usual.rows(), lines.rows().get(0).besides());
    }

    private static <T> Question<Line<T>> lines(
            String realmId, String customer, Optional<String> deviceId, Besides<T> besides) {
        boolean withDevice = deviceId.isPresent();
        return new Question<>(
                List.of(
                        LINES,
                        withDevice ? DEVICE_COLUMNS : "",
                        besides.columns(),
                        TABLES,
                        withDevice ? DEVICE_TABLES : "",
                        besides.tables()),
                values -> bind(values, realmId, customer, deviceId, besides),
                row -> Line.read(row, withDevice, besides.reading()));
    }

    private static void bind(
            Values values, String realmId, String customer, Optional<String> deviceId, Besides<?> besides)
            throws SQLException {
        values.text(customer);
        besides.ofColumns().bind(values);
        values.text(customer).text(customer).text(Notice.LOGIN.code()).text(customer);
        if (deviceId.isPresent()) {
            values.text(deviceId).text(realmId).text(customer).text(customer).text(Hostiles.device(deviceId.get()));
        }
        besides.ofTables().bind(values);
    }

    private static <T> Dossier dossier(List<Line<T>> lines) {
        Line<T> first = lines.get(0);
        return new Dossier(
                first.now(),
                lines.stream()
                        .flatMap(line -> line.counter().stream())
                        .distinct()
                        .toList(),
                first.sighting(),
                first.disownedAt(),
                lines.stream()
                        .flatMap(line -> line.freeze().stream())
                        .distinct()
                        .toList(),
                first.provisionalUntil(),
                first.wanted());
    }
}
