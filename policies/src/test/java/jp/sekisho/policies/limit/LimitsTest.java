package jp.sekisho.policies.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Optional;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.limit.Limits.Wish;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LimitsTest {

    private static final Limits MILLION = new Limits(false, false, Optional.of(1_000_000L), false);

    @Property
    void nothingIsSaidOfAWayOut(@ForAll("limits") Limits limits) {
        assertThat(limits.of(new Wish(Operation.TRADE, true, false, Optional.empty(), BigDecimal.ZERO)))
                .isEqualTo(Say.NOTHING);
    }

    @Property
    void whoSetNothingIsKeptFromNothing(@ForAll("wishes") Wish wish) {
        assertThat(Limits.NONE.of(wish)).isEqualTo(Say.NOTHING);
    }

    @Property
    void aStricterLimitSaysNoLess(
            @ForAll("limits") Limits one, @ForAll("limits") Limits other, @ForAll("wishes") Wish wish) {
        Limits both = one.strictest(other);
        assertThat(both.of(wish)).isGreaterThanOrEqualTo(one.of(wish)).isGreaterThanOrEqualTo(other.of(wish));
        assertThat(both.asStrictAs(one)).isTrue();
        assertThat(both.asStrictAs(other)).isTrue();
        assertThat(one.asStrictAs(other) && other.asStrictAs(one)).isEqualTo(one.equals(other));
    }

    @Example
    void anAmountADayIsOfAllWithdrawals() {
        assertThat(MILLION.of(withdrawal("400000", "600000"))).isEqualTo(Say.NOTHING);
        assertThat(MILLION.of(withdrawal("400001", "600000"))).isEqualTo(Say.REFUSED);
    }

    @Example
    void whatCannotBeComparedWithTheAmountIsOverIt() {
        assertThat(MILLION.of(new Wish(
                        Operation.WITHDRAWAL, false, true, Optional.of(Money.of("1", "USD")), BigDecimal.ZERO)))
                .isEqualTo(Say.REFUSED);
        assertThat(MILLION.of(new Wish(Operation.WITHDRAWAL, false, true, Optional.empty(), BigDecimal.ZERO)))
                .isEqualTo(Say.REFUSED);
    }

    @Example
    void whoRegistersNoAccountPaysNoneThatIsNew() {
        Limits limits = new Limits(false, true, Optional.empty(), false);
        assertThat(limits.of(new Wish(Operation.BANK_ACCOUNT_CHANGE, false, true, Optional.empty(), BigDecimal.ZERO)))
                .isEqualTo(Say.REFUSED);
        assertThat(limits.of(new Wish(
                        Operation.WITHDRAWAL, false, false, Optional.of(Money.of("1", "JPY")), BigDecimal.ZERO)))
                .isEqualTo(Say.REFUSED);
        assertThat(limits.of(withdrawal("1", "0"))).isEqualTo(Say.NOTHING);
    }

    @Example
    void anAmountIsOneYenOrMore() {
        assertThatThrownBy(() -> new Limits(false, false, Optional.of(0L), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Wish withdrawal(String yen, String spent) {
        return new Wish(Operation.WITHDRAWAL, false, true, Optional.of(Money.of(yen, "JPY")), new BigDecimal(spent));
    }

    @Provide
    Arbitrary<Limits> limits() {
        return all();
    }

    static Arbitrary<Limits> all() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        Arbitrary<Long> amount = Arbitraries.of(1L, 500L, 1000L, 1_000_000L);
        return Combinators.combine(flag, flag, amount.optional(), flag).as(Limits::new);
    }

    @Provide
    Arbitrary<Wish> wishes() {
        Arbitrary<Boolean> flag = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.of(Operation.class),
                        flag,
                        flag,
                        Arbitraries.of(Money.of("400", "JPY"), Money.of("5000", "JPY"), Money.of("1", "USD"))
                                .optional(),
                        Arbitraries.of(BigDecimal.ZERO, new BigDecimal("999")))
                .as((operation, wayOut, known, amount, spent) ->
                        new Wish(operation, wayOut && operation == Operation.TRADE, known, amount, spent));
    }
}
