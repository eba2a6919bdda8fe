package jp.sekisho.storage.interim;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.interim.AlternativeMfa;
import jp.sekisho.policies.interim.Exemption;
import jp.sekisho.policies.interim.OnFile;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** How far customers are on their way to a passkey. Who logs in with one is not asked, and pays nothing for it. */
// JP25-4, JP25-5
public final class OnFiles {

    private static final String OF = """
            select x.ALTERNATIVE_MFA, x.EXPIRES_AT, x.ENDED_AT, y.USED from (select 1 as N) k
            left join {h-schema}SEKISHO_EXEMPTION x on x.CUSTOMER = ?
            left join {h-schema}SEKISHO_POSTPONEMENT y on y.CUSTOMER = ?""";

    private final Statements statements;

    public OnFiles(EntityManager em) {
        this.statements = Statements.of(em);
    }

    /** One statement. */
    public OnFile of(String customer) {
        return statements
                .select(OF, values -> values.text(customer).text(customer), OnFiles::read)
                .get(0);
    }

    private static OnFile read(Row row) throws SQLException {
        String mfa = row.text();
        Instant expires = row.instant();
        Instant ended = row.instant();
        Optional<Exemption> exemption = Optional.ofNullable(mfa)
                .map(factor -> new Exemption(
                        AlternativeMfa.valueOf(factor), ended != null && ended.isBefore(expires) ? ended : expires));
        return new OnFile(exemption, row.integer());
    }
}
