package jp.sekisho.policies.mailaddress;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a customer's addresses besides the one that he has now. An address is full when it has been his for a
 * time: only such a one goes on to get notices once it is replaced or removed.
 *
 * @param replaced those that were his address before; only full ones are kept
 * @param further those that he added
 */
// JP25-9
public record AddressHistory(List<Entry> replaced, List<Entry> further, Duration fullAfter) {

    /** @param at when it was replaced, or when he showed that it is his */
    public record Entry(String address, Instant at) {}

    public AddressHistory {
        replaced = List.copyOf(replaced);
        further = List.copyOf(further);
    }

    /** Whether an address has been his for long. The one that he has now is as old as the last change before it. */
    public boolean full(String address, Instant now) {
        if (has(replaced, address)) {
            return true;
        }
        return has(further, address)
                ? further.stream().anyMatch(entry -> is(entry, address) && longAgo(entry, now))
                : replaced.stream().allMatch(entry -> longAgo(entry, now));
    }

    /**
     * Whether what it gets may stop his account. One that was brought in shortly before he was shut out may be that of whom he
     * was shut out because of, who could stop each thaw with it: it stops nothing until it is full.
     *
     * @param shutAt when his logins were frozen last
     */
    public boolean stops(String address, Optional<Instant> shutAt, Instant now) {
        return full(address, now)
                || shutAt.filter(shut -> !since(address).isAfter(shut)).isEmpty();
    }

    private Instant since(String address) {
        return (has(further, address) ? further.stream().filter(entry -> is(entry, address)) : replaced.stream())
                .map(Entry::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    private static boolean has(List<Entry> entries, String address) {
        return entries.stream().anyMatch(entry -> is(entry, address));
    }

    private static boolean is(Entry entry, String address) {
        return entry.address().equalsIgnoreCase(address);
    }

    private boolean longAgo(Entry entry, Instant now) {
        return !entry.at().plus(fullAfter).isAfter(now);
    }
}
