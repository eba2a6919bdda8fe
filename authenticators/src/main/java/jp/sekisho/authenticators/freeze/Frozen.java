package jp.sekisho.authenticators.freeze;

import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Errors;

/** A freeze that began while the customer was on his way in: what was pending there ends. */
// JP25-8
public final class Frozen {

    private Frozen() {}

    /** @return whether his login is; the page was shown then */
    public static boolean refused(RequiredActionContext context, RealmPolicy policy) {
        if (!frozen(context, Operation.LOGIN)) {
            return false;
        }
        context.getEvent().clone().user(context.getUser()).error(Errors.USER_DISABLED);
        context.challenge(new Pages(policy).prepare(context.form()).createForm("sekisho-frozen.ftl"));
        return true;
    }

    /** Whether his profile is, at least. */
    public static boolean profile(RequiredActionContext context) {
        return frozen(context, Operation.PROFILE_CHANGE);
    }

    private static boolean frozen(RequiredActionContext context, Operation operation) {
        String customer = Customers.pseudonym(context.getSession(), context.getRealm(), context.getUser());
        return CustomerFile.of(context.getSession(), context.getRealm(), customer)
                .latest()
                .frozen(operation);
    }
}
