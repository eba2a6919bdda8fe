package jp.sekisho.policies.mailaddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.mailaddress.AddressHistory.Entry;
import org.junit.jupiter.api.Test;

class AddressHistoryTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant LATELY = NOW.minus(WEEK).plusMillis(1);
    private static final Instant LONG_AGO = NOW.minus(WEEK);

    private static AddressHistory history(List<Entry> replaced, List<Entry> further) {
        return new AddressHistory(replaced, further, WEEK);
    }

    @Test
    void theAddressOfWhoNeverChangedItIsFull() {
        assertThat(history(List.of(), List.of()).full("own@example.jp", NOW)).isTrue();
        assertThat(history(List.of(), List.of(new Entry("new@example.jp", LATELY)))
                        .full("own@example.jp", NOW))
                .as("another one that he added does not make his own a new one")
                .isTrue();
    }

    @Test
    void whatHeAddedIsFullAfterAWeek() {
        assertThat(history(List.of(), List.of(new Entry("new@example.jp", LATELY)))
                        .full("New@example.jp", NOW))
                .isFalse();
        assertThat(history(List.of(), List.of(new Entry("new@example.jp", LONG_AGO)))
                        .full("new@example.jp", NOW))
                .isTrue();
    }

    @Test
    void whatReplacedHisAddressIsFullAWeekLaterAndTheReplacedOneStaysSo() {
        AddressHistory lately = history(List.of(new Entry("old@example.jp", LATELY)), List.of());
        assertThat(lately.full("new@example.jp", NOW)).isFalse();
        assertThat(lately.full("OLD@example.jp", NOW)).isTrue();
        AddressHistory longAgo = history(List.of(new Entry("old@example.jp", LONG_AGO)), List.of());
        assertThat(longAgo.full("new@example.jp", NOW)).isTrue();
    }

    @Test
    void twoChangesInARowDoNotMakeTheSecondOneFull() {
        AddressHistory twice = history(
                List.of(new Entry("older@example.jp", LONG_AGO), new Entry("old@example.jp", LATELY)), List.of());
        assertThat(twice.full("new@example.jp", NOW)).isFalse();
    }

    @Test
    void aFurtherAddressThatBecomesHisOwnKeepsItsAge() {
        List<Entry> replaced = List.of(new Entry("old@example.jp", LATELY));
        assertThat(history(replaced, List.of(new Entry("second@example.jp", LONG_AGO)))
                        .full("second@example.jp", NOW))
                .isTrue();
        assertThat(history(replaced, List.of(new Entry("second@example.jp", LATELY)))
                        .full("second@example.jp", NOW))
                .isFalse();
    }

    @Test
    void whatHasJustBecomeHisStopsTheAccount() {
        AddressHistory added = history(List.of(), List.of(new Entry("new@example.jp", NOW)));
        assertThat(added.stops("new@example.jp", Optional.empty(), NOW)).isTrue();
        AddressHistory changed = history(List.of(new Entry("old@example.jp", NOW)), List.of());
        assertThat(changed.stops("new@example.jp", Optional.empty(), NOW)).isTrue();
        assertThat(changed.stops("old@example.jp", Optional.empty(), NOW)).isTrue();
    }

    @Test
    void whatWasBroughtInShortlyBeforeAFreezeStopsNoThawUntilItIsFull() {
        Optional<Instant> shut = Optional.of(NOW);
        AddressHistory added = history(List.of(), List.of(new Entry("New@example.jp", LATELY)));
        assertThat(added.stops("new@example.jp", shut, NOW)).isFalse();
        assertThat(added.stops("own@example.jp", shut, NOW)).isTrue();
        assertThat(added.stops("new@example.jp", shut, NOW.plusMillis(1)))
                .as("full")
                .isTrue();
        AddressHistory changed = history(
                List.of(new Entry("older@example.jp", LONG_AGO), new Entry("old@example.jp", LATELY)), List.of());
        assertThat(changed.stops("new@example.jp", shut, NOW)).isFalse();
        assertThat(changed.stops("old@example.jp", shut, NOW)).isTrue();
    }

    @Test
    void whatBecameHisAfterTheFreezeStopsTheAccount() {
        Optional<Instant> shut = Optional.of(LATELY);
        assertThat(history(List.of(), List.of(new Entry("new@example.jp", LATELY.plusMillis(1))))
                        .stops("new@example.jp", shut, NOW))
                .isTrue();
        assertThat(history(List.of(new Entry("old@example.jp", LATELY.plusMillis(1))), List.of())
                        .stops("new@example.jp", shut, NOW))
                .isTrue();
    }

    @Test
    void anAddressIsNotForgottenBeforeTheOneThatReplacedItIsFull() {
        assertThatThrownBy(() -> new MailAddressPolicy(Duration.ofDays(6), 2, WEEK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mail-addresses.full-after");
        assertThatThrownBy(() -> new MailAddressPolicy(Duration.ofDays(30), 2, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
