package jp.sekisho.endpoints.limit;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.limit.OwnLimits;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.limit.LimitsView.Amount;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.access.AccessPolicy;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;

/**
 * What a customer allows himself. Any live session of his may tighten it, since that only protects; who loosens shows himself
 * again, and it waits.
 */
// FFAJ-1.4-S2
public final class MyLimits {

    private final SignedIn signedIn;

    public MyLimits(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** All limits as they shall be. @param dailyAmount null where none shall be */
    public record Wanted(boolean withdrawalsOff, boolean accountsOff, Optional<Amount> dailyAmount, boolean eachOrder) {

        /** @throws IllegalArgumentException for what is no limit; its message may be shown */
        public Wanted {
            limits(withdrawalsOff, accountsOff, dailyAmount, eachOrder);
        }

        private static Limits limits(
                boolean withdrawalsOff, boolean accountsOff, Optional<Amount> dailyAmount, boolean eachOrder) {
            return new Limits(withdrawalsOff, accountsOff, dailyAmount.map(Amount::yen), eachOrder);
        }

        private Limits limits() {
            return limits(withdrawalsOff, accountsOff, dailyAmount, eachOrder);
        }
    }

    /** A {@link LimitsView}. */
    public Response limits() {
        return signedIn.forCustomer(customer -> view(customer, limits(customer).standing()));
    }

    /**
     * Sets all of them.
     *
     * @param body {@link Wanted}
     * @return 200 with what is in force and what waits; 403 where something loosens, in a session that is held, and without a
     *     fresh login that is strong enough
     */
    public Response set(String body) {
        return signedIn.forCustomer(customer -> {
            Limits wanted = Body.read(body, Wanted.class).limits();
            Standing before = limits(customer).open();
            return before.loosens(wanted, customer.now())
                    ? signedIn.settings(customer, known -> loosen(known, before, wanted))
                    : change(customer, before, wanted);
        });
    }

    private Response loosen(Customer customer, Standing before, Limits wanted) {
        AccessPolicy access = customer.policy().profile().access();
        StepUp stepUp = new StepUp(access.stepUp(), access.fresh());
        return stepUp.freshUntil(customer.userSession(), customer.token().getAcr(), customer.now())
                        .isPresent()
                ? change(customer, before, wanted)
                : Problem.stepUpRequired(stepUp.acr());
    }

    private Response change(Customer customer, Standing before, Limits wanted) {
        return view(customer, limits(customer).change(before, wanted, customer.now()));
    }

    private static Response view(Customer customer, Standing standing) {
        return Response.ok(LimitsView.of(standing.at(customer.now()), standing), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private OwnLimits limits(Customer customer) {
        return OwnLimits.of(signedIn.session(), customer.realm(), customer.policy(), customer.user());
    }
}
