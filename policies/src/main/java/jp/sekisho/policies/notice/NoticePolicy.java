package jp.sekisho.policies.notice;

import java.time.Duration;
import java.util.Map;

/**
 * Who must be told what.
 *
 * @param choices for each notice whether the customer may choose; what is not named is {@link Choice#ALWAYS}, and so is
 *     whatever is {@link Notice#vital()}
 * @param deduplication two equal notices within this time are one
 * @param mailsAnHour more mails than this to one customer in an hour are held back: a flood of failures is no mail bomb
 */
public record NoticePolicy(Map<Notice, Choice> choices, Duration deduplication, int mailsAnHour) {

    public enum Choice {
        ALWAYS,
        DEFAULT_ON,
        DEFAULT_OFF
    }

    public NoticePolicy {
        choices = Map.copyOf(choices);
        // JP25-9
        choices.forEach((notice, choice) -> {
            if (notice.vital() && choice != Choice.ALWAYS) {
                throw new IllegalArgumentException("notices.choices." + notice
                        + " must be ALWAYS: a customer who is not told notices it too late");
            }
        });
        if (deduplication.isNegative() || deduplication.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("notices.deduplication must be from 0 to 24 hours");
        }
        if (mailsAnHour < 5) {
            throw new IllegalArgumentException("notices.mails-an-hour must be at least 5");
        }
    }

    public Choice choice(Notice notice) {
        return choices.getOrDefault(notice, Choice.ALWAYS);
    }
}
