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

/** Reads counters, device, trust, freezes, choice and the database's clock together: a login pays for one statement, not for six. */
public final class Dossiers {

    /** No device has it: what is asked for when no token came along. */
    private static final String NO_DEVICE = "";

    // One row a counter and freeze, and one where there is none; the rest is the same in each.
    private static final String FIND = "select current_timestamp, p.WANTED, h.MARKED_AT,"
            + " (select max(PROVISIONAL_UNTIL) from {h-schema}SEKISHO_PASSKEY where CUSTOMER = ?), " + Devices.COLUMNS
            + ", " + Freezes.COLUMNS + ", " + Counters.COLUMNS + """
             from (select 1 as N) k
            left join {h-schema}SEKISHO_DEVICE d on d.ID = ? and d.REALM_ID = ?
            left join {h-schema}SEKISHO_DEVICE_TRUST t on t.DEVICE_ID = d.ID and t.CUSTOMER = ?
            left join {h-schema}SEKISHO_HOSTILE h on h.CUSTOMER = ? and h.MARK = ?
            left join {h-schema}SEKISHO_FREEZE f on f.CUSTOMER = ? and f.THAWED_AT is null
            left join {h-schema}SEKISHO_PREFERENCE p on p.CUSTOMER = ? and p.NOTICE = ?
            left join {h-schema}SEKISHO_COUNTER c on c.CUSTOMER = ?""";

    private final EntityManager em;

    public Dossiers(EntityManager em) {
        this.em = em;
    }

    private record Line(
            Instant now,
            Optional<Boolean> wanted,
            Optional<Instant> disownedAt,
            Optional<Instant> provisionalUntil,
            Optional<Sighting> sighting,
            Optional<Freeze> freeze,
            Optional<Counter> counter) {

        static Line read(Row row) throws SQLException {
            return new Line(
                    row.clock(),
                    row.flag(),
                    Optional.ofNullable(row.instant()),
                    Optional.ofNullable(row.instant()),
                    Devices.read(row),
                    Freezes.read(row),
                    Counters.read(row));
        }
    }

    /** One statement. Of a customer of whom nothing is known, it says so. */
    public Dossier find(String realmId, String customer, Optional<String> deviceId) {
        return dossier(Statements.of(em).select(lines(realmId, customer, deviceId)));
    }

    /** A dossier, and what is usual for the customer. */
    public record WithUsual(Dossier dossier, List<Statistic> usual) {}

    /** Both in one trip to the database, and whatever else is asked with them. */
    public WithUsual findWithUsual(String realmId, String customer, Optional<String> deviceId, List<Answer<?>> more) {
        Answer<Line> lines = Answer.to(lines(realmId, customer, deviceId));
        Answer<Statistic> usual = Answer.to(Baselines.usualOf(customer));
        Statements.of(em)
                .ask(Stream.concat(Stream.of(lines, usual), more.stream()).toList());
        return new WithUsual(dossier(lines.rows()), usual.rows());
    }

    private static Question<Line> lines(String realmId, String customer, Optional<String> deviceId) {
        return new Question<>(
                FIND,
                values -> values.text(customer)
                        .text(deviceId.orElse(NO_DEVICE))
                        .text(realmId)
                        .text(customer)
                        .text(customer)
                        .text(Hostiles.device(deviceId.orElse(NO_DEVICE)))
                        .text(customer)
                        .text(customer)
                        .text(Notice.LOGIN.code())
                        .text(customer),
                Line::read);
    }

    private static Dossier dossier(List<Line> lines) {
        Line first = lines.get(0);
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
