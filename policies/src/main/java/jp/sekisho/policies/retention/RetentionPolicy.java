package jp.sekisho.policies.retention;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;

/**
 * How long records are kept.
 *
 * @param evidence of the evidence log, by the calendar: from 1 to 30 years
 */
// FFAJ-3-S3, JP25-12
public record RetentionPolicy(Period evidence) {

    public RetentionPolicy {
        long months = evidence.toTotalMonths();
        if (evidence.getDays() < 0 || months < 12 || months > 30 * 12) {
            throw new IllegalArgumentException("retention.evidence must be from 1 to 30 years, was " + evidence);
        }
    }

    /** Evidence from before this is to be deleted. */
    public Instant evidenceBefore(Instant now, ZoneId zone) {
        return now.atZone(zone).minus(evidence).toInstant();
    }
}
