package jp.sekisho.storage.interim;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.interim.AlternativeMfa;
import jp.sekisho.policies.interim.Exemption;
import jp.sekisho.policies.interim.OnFile;
import jp.sekisho.storage.schema.Row;

/** The columns of a dossier that say how far its customer is on his way to a passkey. */
public final class OnFiles {

    /** What {@link #read} reads, of the tables of exemptions as {@code x} and of postponements as {@code y}. */
    public static final String COLUMNS = "x.ALTERNATIVE_MFA, x.EXPIRES_AT, x.ENDED_AT, y.USED";

    private OnFiles() {}

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads. */
    public static OnFile read(Row row) throws SQLException {
        String mfa = row.text();
        Instant expires = row.instant();
        Instant ended = row.instant();
        Optional<Exemption> exemption = Optional.ofNullable(mfa)
                .map(factor -> new Exemption(
                        AlternativeMfa.valueOf(factor), ended != null && ended.isBefore(expires) ? ended : expires));
        return new OnFile(exemption, row.integer());
    }
}
