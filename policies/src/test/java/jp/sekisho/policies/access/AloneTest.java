package jp.sekisho.policies.access;

import static org.assertj.core.api.Assertions.assertThat;

import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Scope.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AloneTest {

    @Property
    void nothingOfOfficersIsOnesAlone(@ForAll boolean officer, @ForAll Effect effect) {
        assertThat(Alone.makes(Kind.OFFICERS, officer, effect)).isFalse();
        assertThat(Alone.ends(Kind.OFFICERS, officer)).isFalse();
        assertThat(Alone.makes(Kind.CUSTOMER, true, effect)).isFalse();
        assertThat(Alone.ends(Kind.CUSTOMER, true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"REALM", "CLIENT"})
    void whatIsOfManyIsDeniedByOneAndAllowedOrEndedByTwo(Kind scope) {
        assertThat(Alone.makes(scope, false, Effect.DENY)).isTrue();
        assertThat(Alone.makes(scope, false, Effect.ALLOW))
                .as("the first one too: it shuts out everybody else")
                .isFalse();
        assertThat(Alone.ends(scope, false)).isFalse();
    }

    @Property
    void oneCustomersRulesAreOneOfficers(@ForAll Effect effect) {
        assertThat(Alone.makes(Kind.CUSTOMER, false, effect)).isTrue();
        assertThat(Alone.ends(Kind.CUSTOMER, false)).isTrue();
    }
}
