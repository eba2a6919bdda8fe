package jp.sekisho.policies.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Scope.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActTest {

    @Test
    void uponACustomerOneDoesThisAlone() {
        assertThat(alone(false))
                .isEqualTo(EnumSet.of(
                        Act.RULE_DENYING_MANY,
                        Act.RULE_OF_CUSTOMER,
                        Act.END_OF_RULE_OF_CUSTOMER,
                        Act.FREEZE,
                        Act.DISOWN,
                        Act.MARK_LIFT,
                        Act.OPERATION_RELEASE,
                        Act.IDENTITY_RECORD,
                        Act.LETTER));
    }

    @Test
    void uponAnOfficerNothingButWhatDeniesMany() {
        assertThat(alone(true)).containsExactly(Act.RULE_DENYING_MANY);
    }

    private static Set<Act> alone(boolean officer) {
        return Stream.of(Act.values()).filter(act -> !act.needsTwo(officer)).collect(Collectors.toSet());
    }

    @Property
    void noRuleOfOfficersIsOnesAlone(@ForAll boolean officer, @ForAll Effect effect) {
        assertThat(Act.rule(Kind.OFFICERS, effect).needsTwo(officer)).isTrue();
        assertThat(Act.ruleEnd(Kind.OFFICERS).needsTwo(officer)).isTrue();
        assertThat(Act.rule(Kind.CUSTOMER, effect).needsTwo(true)).isTrue();
        assertThat(Act.ruleEnd(Kind.CUSTOMER).needsTwo(true)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"REALM", "CLIENT"})
    void whatIsOfManyIsDeniedByOneAndAllowedOrEndedByTwo(Kind scope) {
        assertThat(Act.rule(scope, Effect.DENY).needsTwo(false)).isFalse();
        assertThat(Act.rule(scope, Effect.ALLOW).needsTwo(false))
                .as("the first one too: it shuts out everybody else")
                .isTrue();
        assertThat(Act.ruleEnd(scope).needsTwo(false)).isTrue();
    }

    @Property
    void oneCustomersRulesAreOneOfficers(@ForAll Effect effect) {
        assertThat(Act.rule(Kind.CUSTOMER, effect).needsTwo(false)).isFalse();
        assertThat(Act.ruleEnd(Kind.CUSTOMER).needsTwo(false)).isFalse();
    }
}
