package jp.sekisho.policies.flow;

import static jp.sekisho.policies.flow.Flow.Requirement.ALTERNATIVE;
import static jp.sekisho.policies.flow.Flow.Requirement.CONDITIONAL;
import static jp.sekisho.policies.flow.Flow.Requirement.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import jp.sekisho.policies.flow.Flow.Execution;
import jp.sekisho.policies.flow.Flow.Part;
import jp.sekisho.policies.flow.Flow.Requirement;
import jp.sekisho.policies.flow.Flow.Step;
import org.junit.jupiter.api.Test;

class FlowTest {

    private static final Set<String> GUARDS = Set.of("admit", "cookie", "deny");

    @Test
    void oneRequiredGuardHolds() {
        assertThat(guarded(step(REQUIRED, "password"), step(REQUIRED, "admit"))).isTrue();
        assertThat(guarded(step(REQUIRED, "password"), part(REQUIRED, step(REQUIRED, "admit"))))
                .isTrue();
        assertThat(guarded(step(REQUIRED, "deny"))).isTrue();
        assertThat(guarded(step(REQUIRED, "password"))).isFalse();
    }

    @Test
    void eachAlternativeIsAWayOfItsOwn() {
        Execution login = part(ALTERNATIVE, step(REQUIRED, "password"), step(REQUIRED, "admit"));
        assertThat(guarded(step(ALTERNATIVE, "cookie"), login)).isTrue();
        assertThat(guarded(step(ALTERNATIVE, "stock-cookie"), login)).isFalse();
        assertThat(guarded(step(ALTERNATIVE, "cookie"), part(ALTERNATIVE, step(REQUIRED, "password"))))
                .isFalse();
    }

    @Test
    void whatIsPassedOverGuardsNothing() {
        assertThat(guarded(part(CONDITIONAL, step(REQUIRED, "admit")))).isFalse();
        assertThat(guarded(step(REQUIRED, "password"), part(CONDITIONAL, step(REQUIRED, "admit"))))
                .isFalse();
        assertThat(guarded(step(REQUIRED, "password"), step(ALTERNATIVE, "admit")))
                .as("an alternative beside what is required is never asked")
                .isFalse();
    }

    @Test
    void anEmptyFlowGuardsNothing() {
        assertThat(guarded()).isFalse();
        assertThat(guarded(part(REQUIRED))).isFalse();
    }

    private static boolean guarded(Execution... executions) {
        return new Flow(List.of(executions)).guardedBy(GUARDS);
    }

    private static Execution step(Requirement requirement, String authenticator) {
        return new Step(requirement, authenticator);
    }

    private static Execution part(Requirement requirement, Execution... executions) {
        return new Part(requirement, new Flow(List.of(executions)));
    }
}
