package jp.sekisho.policies.recovery;

import static jp.sekisho.policies.recovery.RecoveryMeans.IDENTITY_RECORD;
import static jp.sekisho.policies.recovery.RecoveryMeans.MAIL_CODE;
import static jp.sekisho.policies.recovery.RecoveryMeans.PASSWORD;
import static jp.sekisho.policies.recovery.RecoveryMeans.POSTAL_CODE;
import static jp.sekisho.policies.recovery.RecoveryMeans.RECOVERY_CODE;
import static jp.sekisho.policies.recovery.RecoveryMeans.SMS;
import static jp.sekisho.policies.recovery.RecoveryMeans.TOTP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final Set<RecoveryMeans> DEPENDENT = EnumSet.of(PASSWORD, MAIL_CODE, SMS, TOTP);

    /** Each set of means: a property would go through them in every order, which takes a minute. */
    @Test
    void whatOnePhoneHoldsNeverAddsAnything() {
        List<RecoveryMeans> all = List.of(RecoveryMeans.values());
        for (long set = 0; set < 1L << all.size(); set++) {
            Set<RecoveryMeans> shown =
                    BitSet.valueOf(new long[] {set}).stream().mapToObj(all::get).collect(Collectors.toSet());
            Set<RecoveryMeans> independent = new HashSet<>(shown);
            independent.removeAll(DEPENDENT);
            assertThat(Recovery.enough(shown)).as(shown.toString()).isEqualTo(Recovery.enough(independent));
        }
    }

    @Property
    void oneIndependentMeansIsNotEnoughHoweverMuchComesWithIt(
            @ForAll RecoveryMeans one, @ForAll List<RecoveryMeans> others) {
        List<RecoveryMeans> shown = new ArrayList<>(others);
        shown.removeIf(means -> !DEPENDENT.contains(means));
        shown.add(one);
        shown.add(one);
        assertThat(Recovery.enough(shown)).isFalse();
    }

    @Property
    void anyTwoIndependentMeansAreEnough(
            @ForAll RecoveryMeans one, @ForAll RecoveryMeans other, @ForAll List<RecoveryMeans> more) {
        boolean independent = one != other && !DEPENDENT.contains(one) && !DEPENDENT.contains(other);
        List<RecoveryMeans> shown = new ArrayList<>(List.of(one, other));
        assertThat(Recovery.enough(shown)).isEqualTo(independent);
        shown.addAll(more);
        assertThat(Recovery.enough(shown) || !independent).isTrue();
    }

    @Test
    void twoOfOneKindAreOneMeans() {
        assertThat(Recovery.enough(List.of(POSTAL_CODE, POSTAL_CODE))).isFalse();
        assertThat(Recovery.enough(List.of(RECOVERY_CODE, POSTAL_CODE))).isTrue();
        assertThat(Recovery.enough(List.of(IDENTITY_RECORD, POSTAL_CODE))).isTrue();
        assertThat(Recovery.enough(DEPENDENT)).isFalse();
        assertThat(Recovery.enough(List.of())).isFalse();
    }
}
