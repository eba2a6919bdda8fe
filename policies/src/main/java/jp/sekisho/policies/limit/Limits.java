package jp.sekisho.policies.limit;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;

/**
 * What a customer allows himself, and whoever should act in his name. It only takes away: nothing here makes anything easier.
 *
 * @param withdrawalsOff nothing is withdrawn
 * @param accountsOff no bank account is registered, and nothing is withdrawn to one that is not known yet
 * @param yenADay how much is withdrawn in 24 hours at most
 * @param eachOrder every order that opens is confirmed on its own
 */
// FFAJ-1.4-S2
public record Limits(boolean withdrawalsOff, boolean accountsOff, Optional<Long> yenADay, boolean eachOrder) {

    public static final Limits NONE = new Limits(false, false, Optional.empty(), false);

    private static final long MOST = 1_000_000_000_000L;
    private static final Currency YEN = Currency.getInstance("JPY");

    /** What is said of an operation, least first. */
    public enum Say {
        NOTHING,
        /** It is confirmed on its own. */
        ITS_OWN,
        REFUSED
    }

    /**
     * An operation, as far as a limit asks.
     *
     * @param wayOut whether it only takes risk away: then nothing is said
     * @param knownAccount whether the customer has the bank account that it names
     * @param spent yen that were withdrawn within 24 hours before
     */
    public record Wish(
            Operation operation, boolean wayOut, boolean knownAccount, Optional<Money> amount, BigDecimal spent) {}

    public Limits {
        yenADay.filter(yen -> yen < 1 || yen > MOST).ifPresent(yen -> {
            throw new IllegalArgumentException("an amount a day is from 1 to " + MOST + " yen");
        });
    }

    public Say of(Wish wish) {
        return switch (wish.operation()) {
            case WITHDRAWAL ->
                withdrawalsOff || accountsOff && !wish.knownAccount() || exceeds(wish) ? Say.REFUSED : Say.NOTHING;
            case BANK_ACCOUNT_CHANGE -> accountsOff ? Say.REFUSED : Say.NOTHING;
            case TRADE -> eachOrder && !wish.wayOut() ? Say.ITS_OWN : Say.NOTHING;
            case LOGIN, PROFILE_CHANGE, CREDENTIAL_CHANGE -> Say.NOTHING;
        };
    }

    /** What cannot be compared with the limit is over it. */
    private boolean exceeds(Wish wish) {
        return yenADay.filter(most -> wish.amount()
                        .filter(amount -> amount.currency().equals(YEN))
                        .filter(amount -> amount.value().add(wish.spent()).compareTo(BigDecimal.valueOf(most)) <= 0)
                        .isEmpty())
                .isPresent();
    }

    /** Each limit as the stricter of the two has it. */
    public Limits strictest(Limits other) {
        return new Limits(
                withdrawalsOff || other.withdrawalsOff,
                accountsOff || other.accountsOff,
                Stream.of(yenADay, other.yenADay).flatMap(Optional::stream).min(Long::compare),
                eachOrder || other.eachOrder);
    }

    public boolean asStrictAs(Limits other) {
        return strictest(other).equals(this);
    }
}
