package jp.sekisho.policies.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import jp.sekisho.policies.notice.NoticePolicy.Choice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// JP25-9, FFAJ-1.4-S3
class NoticePolicyTest {

    /** Who trades as often as mails are sent in an hour would hide it among them, and who has the session switch it off. */
    @ParameterizedTest
    @EnumSource(
            value = Notice.class,
            names = {"BANK_ACCOUNT_CHANGED", "OPERATION_HELD"})
    void whatCanStillBeStoppedIsToldWhateverElseIs(Notice notice) {
        assertThat(notice.vital()).as("not counted").isTrue();
        Map<Notice, Choice> off = Map.of(notice, Choice.DEFAULT_OFF);
        assertThatThrownBy(() -> new NoticePolicy(off, Duration.ZERO, 20)).isInstanceOf(IllegalArgumentException.class);
    }
}
