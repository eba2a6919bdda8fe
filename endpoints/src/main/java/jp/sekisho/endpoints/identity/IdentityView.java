package jp.sekisho.endpoints.identity;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.identity.PostalCode;

/**
 * A customer's identity as an officer sees it.
 *
 * @param verified whether there is any record
 * @param records newest first
 * @param postalCode the letter that is on its way; null where none is
 */
public record IdentityView(boolean verified, List<Record> records, Letter postalCode) {

    /** Instants are ISO-8601; what is not known is null. */
    public record Record(
            String id,
            String method,
            String reference,
            String evidenceSha256,
            String officer,
            String provider,
            String verifiedAt,
            String recordedAt) {

        static Record of(IdentityRow row, Optional<String> reference) {
            return new Record(
                    row.id(),
                    row.method().name(),
                    reference.orElse(null),
                    row.evidenceHash().orElse(null),
                    row.officer().orElse(null),
                    row.provider().orElse(null),
                    row.verifiedAt().toString(),
                    row.recordedAt().toString());
        }
    }

    /**
     * @param approver null where one officer alone made it
     * @param tries begun
     */
    public record Letter(String officer, String approver, String issuedAt, String expiresAt, int tries) {

        private static Letter of(PostalCode code) {
            return new Letter(
                    code.officer(),
                    code.approver().orElse(null),
                    code.issuedAt().toString(),
                    code.expiresAt().toString(),
                    code.tries());
        }
    }

    static IdentityView of(
            List<IdentityRow> rows, Function<IdentityRow, Optional<String>> reference, Optional<PostalCode> letter) {
        return new IdentityView(
                !rows.isEmpty(),
                rows.stream().map(row -> Record.of(row, reference.apply(row))).toList(),
                letter.map(Letter::of).orElse(null));
    }
}
