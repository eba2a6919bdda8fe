package jp.sekisho.endpoints.interim;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.storage.interim.Grant;
import jp.sekisho.storage.interim.Proposal;

/**
 * A customer's exemption as officers see it.
 *
 * @param proposed what waits for an approver, absent where nothing does
 * @param granted the last one, ended or not; absent where there never was one
 */
// JP25-5
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExemptionView(Terms proposed, Granted granted) {

    /** Times in ISO-8601. */
    public record Terms(
            String id,
            String reason,
            String alternativeMfa,
            String textVersion,
            String expires,
            String proposedBy,
            String proposedAt) {

        static Terms of(Proposal proposal) {
            return new Terms(
                    proposal.id(),
                    proposal.reason(),
                    proposal.alternativeMfa().name(),
                    proposal.textVersion(),
                    proposal.expires().toString(),
                    proposal.proposedBy(),
                    proposal.proposedAt().toString());
        }
    }

    /** @param open whether it goes on */
    public record Granted(Terms terms, String approvedBy, String approvedAt, boolean open) {

        private static Granted of(Grant grant, Instant now) {
            boolean open =
                    grant.ended().isEmpty() && now.isBefore(grant.proposal().expires());
            return new Granted(
                    Terms.of(grant.proposal()),
                    grant.approvedBy(),
                    grant.approvedAt().toString(),
                    open);
        }
    }

    static ExemptionView of(Optional<Proposal> proposal, Optional<Grant> grant, Instant now) {
        return new ExemptionView(
                proposal.map(Terms::of).orElse(null),
                grant.map(present -> Granted.of(present, now)).orElse(null));
    }
}
