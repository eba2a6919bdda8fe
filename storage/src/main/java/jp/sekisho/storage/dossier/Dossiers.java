package jp.sekisho.storage.dossier;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** Reads counters, device, trust, choice and the database's clock together: a login pays for one statement, not for five. */
public final class Dossiers {

    /** No device has it: what is asked for when no token came along. */
    private static final String NO_DEVICE = "";

    // One row a counter, and one where there is none; the rest is the same in each.
    private static final String FIND = "select current_timestamp, p.WANTED,"
            + " (select max(PROVISIONAL_UNTIL) from {h-schema}SEKISHO_PASSKEY where CUSTOMER = ?), "
            + Devices.COLUMNS + ", " + Counters.COLUMNS + """
             from {h-schema}SEKISHO_REALM_KEY k
            left join {h-schema}SEKISHO_DEVICE d on d.ID = ? and d.REALM_ID = k.REALM_ID
            left join {h-schema}SEKISHO_DEVICE_TRUST t on t.DEVICE_ID = d.ID and t.CUSTOMER = ?
            left join {h-schema}SEKISHO_PREFERENCE p on p.CUSTOMER = ? and p.NOTICE = ?
            left join {h-schema}SEKISHO_COUNTER c on c.CUSTOMER = ?
            where k.REALM_ID = ?""";

    private final EntityManager em;

    public Dossiers(EntityManager em) {
        this.em = em;
    }

    private record Line(
            Instant now,
            Optional<Boolean> wanted,
            Optional<Instant> provisionalUntil,
            Optional<Sighting> sighting,
            Optional<Counter> counter) {

        static Line read(Row row) throws SQLException {
            return new Line(
                    row.clock(), row.flag(), Optional.ofNullable(row.instant()), Devices.read(row), Counters.read(row));
        }
    }

    /**
     * One statement. It stands on the row of the realm's key, which is there whenever a pseudonym is.
     *
     * @return empty where the realm has no key
     */
    public Optional<Dossier> find(String realmId, String customer, Optional<String> deviceId) {
        List<Line> lines = Statements.of(em)
                .select(
                        FIND,
                        values -> values.text(customer)
                                .text(deviceId.orElse(NO_DEVICE))
                                .text(customer)
                                .text(customer)
                                .text(Notice.LOGIN.code())
                                .text(customer)
                                .text(realmId),
                        Line::read);
        return lines.stream()
                .findFirst()
                .map(first -> new Dossier(
                        first.now(),
                        lines.stream().flatMap(line -> line.counter().stream()).toList(),
                        first.sighting(),
                        first.provisionalUntil(),
                        first.wanted()));
    }
}
