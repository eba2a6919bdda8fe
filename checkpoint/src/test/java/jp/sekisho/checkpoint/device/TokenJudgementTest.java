package jp.sekisho.checkpoint.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.storage.device.Device;
import org.junit.jupiter.api.Test;

class TokenJudgementTest {

    private static final Instant ROTATED = Instant.parse("2026-11-23T00:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(60);

    @Test
    void the_current_token_is_current_at_any_time() {
        assertThat(judge(device(false, false), "current", 0)).isEqualTo(TokenJudgement.CURRENT);
        assertThat(judge(device(true, false), "current", 1_000_000)).isEqualTo(TokenJudgement.CURRENT);
    }

    @Test
    void the_previous_token_is_accepted_until_the_current_one_was_presented() {
        assertThat(judge(device(false, false), "previous", 61)).isEqualTo(TokenJudgement.PREVIOUS);
        assertThat(judge(device(false, false), "previous", 1_000_000)).isEqualTo(TokenJudgement.PREVIOUS);
    }

    @Test
    void the_previous_token_is_on_its_way_within_the_grace_and_not_replaced_again() {
        assertThat(judge(device(true, false), "previous", 59)).isEqualTo(TokenJudgement.ON_ITS_WAY);
        assertThat(judge(device(false, false), "previous", 59)).isEqualTo(TokenJudgement.ON_ITS_WAY);
    }

    @Test
    void the_previous_token_after_the_current_one_was_presented_and_beyond_the_grace_is_a_copy() {
        assertThat(judge(device(true, false), "previous", 60)).isEqualTo(TokenJudgement.REUSED);
    }

    @Test
    void any_older_token_of_the_family_is_a_copy_even_within_the_grace() {
        assertThat(judge(device(false, false), "older", 1)).isEqualTo(TokenJudgement.REUSED);
        Device first =
                new Device("d", "realm", "current", Optional.empty(), ROTATED, Optional.empty(), Optional.empty());
        assertThat(judge(first, "older", 1)).isEqualTo(TokenJudgement.REUSED);
    }

    @Test
    void in_an_ended_family_no_token_is_live() {
        for (String hash : new String[] {"current", "previous", "older"}) {
            TokenJudgement judgement = judge(device(true, true), hash, 1);
            assertThat(judgement).isEqualTo(TokenJudgement.ENDED);
            assertThat(judgement.live()).isFalse();
        }
    }

    @Test
    void a_token_that_was_replaced_before_the_customer_was_verified_vouches_for_others_only() {
        Device device = device(false, false);
        assertThat(TokenJudgement.PREVIOUS.vouches(device, ROTATED)).isFalse();
        assertThat(TokenJudgement.ON_ITS_WAY.vouches(device, ROTATED.plusSeconds(1)))
                .isFalse();
        assertThat(TokenJudgement.PREVIOUS.vouches(device, ROTATED.minusSeconds(1)))
                .isTrue();
        assertThat(TokenJudgement.CURRENT.vouches(device, ROTATED.plusSeconds(1)))
                .isTrue();
        assertThat(TokenJudgement.REUSED.vouches(device, ROTATED.minusSeconds(1)))
                .isFalse();
    }

    private static TokenJudgement judge(Device device, String hash, long secondsLater) {
        return TokenJudgement.judge(device, hash, ROTATED.plusSeconds(secondsLater), GRACE);
    }

    private static Device device(boolean presented, boolean ended) {
        return new Device(
                "d",
                "realm",
                "current",
                Optional.of("previous"),
                ROTATED,
                presented ? Optional.of(ROTATED.plusSeconds(5)) : Optional.empty(),
                ended ? Optional.of(ROTATED.plusSeconds(9)) : Optional.empty());
    }
}
