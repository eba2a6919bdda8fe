package jp.sekisho.policies.interim;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;

/**
 * Who cannot use a passkey may be exempted for a while, with another second factor.
 *
 * @param allowed whether any is granted; those that were run to their end
 * @param longest by the calendar, from 1 day to 2 years
 * @param enrolWithin how long after its end the customer may still come to register a passkey, and for nothing else; from 1
 *     to 92 days
 */
// JP25-5
public record ExemptionPolicy(boolean allowed, Period longest, Period enrolWithin) {

    private static final int LONGEST_DAYS = 2 * 366;
    private static final int LONGEST_TO_ENROL = 92;

    public ExemptionPolicy {
        if (!within(longest, LONGEST_DAYS)) {
            throw new IllegalArgumentException("exemption.longest must be from 1 day to 2 years, was " + longest);
        }
        if (!within(enrolWithin, LONGEST_TO_ENROL)) {
            throw new IllegalArgumentException("exemption.enrol-within must be from 1 to 92 days, was " + enrolWithin);
        }
    }

    /** A month counts as many days as the longest has. */
    private static boolean within(Period period, int days) {
        long most = (period.toTotalMonths() / 12) * 366 + (period.toTotalMonths() % 12) * 31 + period.getDays();
        boolean negative = period.getYears() < 0 || period.getMonths() < 0 || period.getDays() < 0;
        return !negative && most >= 1 && most <= days;
    }

    /** Whether an exemption that is granted now may end then. */
    public boolean permits(Instant now, Instant end, ZoneId zone) {
        return allowed
                && end.isAfter(now)
                && !end.isAfter(now.atZone(zone).plus(longest).toInstant());
    }

    Instant enrolUntil(Instant end, ZoneId zone) {
        return end.atZone(zone).plus(enrolWithin).toInstant();
    }
}
