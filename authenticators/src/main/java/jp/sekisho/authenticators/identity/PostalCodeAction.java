package jp.sekisho.authenticators.identity;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityCodes.Redeemed;
import jp.sekisho.checkpoint.identity.IdentityCodes.Redemption;
import jp.sekisho.checkpoint.identity.IdentityCodes.Refused;
import jp.sekisho.checkpoint.lock.TypedCodes;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.Config;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks for the one-time code of the letter. An officer who has a letter sent sets it; until the letter is there, the
 * customer puts it off at each login. It ends with the code, used or not.
 */
// FFAJ-1.1-S2
public final class PostalCodeAction implements RequiredActionProvider {

    public static final String ID = "sekisho-postal-code";

    private static final String PAGE = "sekisho-postal-code.ftl";
    private static final String LATER = "sekisho.postal-code.later";
    private static final String WRONG = "sekisho.postal-code.wrong";

    private final ClientAddresses addresses;

    private PostalCodeAction(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /** Nothing is looked up at a login: who issues a code sets the action. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {}

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (context.getAuthenticationSession().getAuthNote(LATER) != null) {
            context.ignore();
            return;
        }
        if (!awaitsLetter(context)) {
            context.getUser().removeRequiredAction(ID);
            context.ignore();
            return;
        }
        context.challenge(page(context, context.form()));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("later")) {
            later(context);
            return;
        }
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        String customer = Customers.pseudonym(session, realm, context.getUser());
        Optional<TypedCodes.Typed> counted = TypedCodes.of(session, realm, policy(context), TypedCodes.Kind.LETTER)
                .beginLoggedIn(addresses.of(session), customer);
        if (counted.isEmpty()) {
            context.challenge(page(context, context.form().addError(new FormMessage("code", "sekisho-code-wait"))));
            return;
        }
        Redemption redemption = IdentityCodes.of(session, realm).redeem(customer, form.getFirst("code"));
        if (redemption instanceof Redeemed redeemed) {
            counted.get().right();
            if (redeemed.letter().approver().isPresent()) {
                SessionVouching.identified(
                        context.getAuthenticationSession(),
                        CustomerFile.of(session, realm, customer).now());
            }
            Notices.of(session, realm, policy(context))
                    .tell(
                            context.getUser(),
                            Notice.IDENTITY_VERIFIED,
                            session.getProvider(Checkpoint.class).noticeValues(context.getUser()));
            context.success();
            return;
        }
        counted.get().wrong();
        if (redemption == Refused.NONE) {
            refuse(context, "sekisho-postal-code-none");
        } else {
            wrong(context);
        }
    }

    /** After so many in one login he is asked at the next one. */
    private static void wrong(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        int wrong = Optional.ofNullable(login.getAuthNote(WRONG))
                        .map(Integer::parseInt)
                        .orElse(0)
                + 1;
        login.setAuthNote(WRONG, Integer.toString(wrong));
        if (wrong < policy(context).profile().identity().postalCode().tries()) {
            refuse(context, "sekisho-postal-code-invalid");
        } else {
            context.getEvent().clone().user(context.getUser()).error(Errors.INVALID_CODE);
            later(context);
        }
    }

    private static void later(RequiredActionContext context) {
        context.getAuthenticationSession().setAuthNote(LATER, "true");
        context.cancel();
    }

    /** Nobody is asked for a code that would be refused. */
    private static boolean awaitsLetter(RequiredActionContext context) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        if (RealmPolicies.of(session, realm).isEmpty()) {
            return false;
        }
        String customer = Customers.pseudonym(session, realm, context.getUser());
        return IdentityCodes.of(session, realm)
                .live(customer, CustomerFile.of(session, realm, customer).now())
                .isPresent();
    }

    private static void refuse(RequiredActionContext context, String message) {
        context.getEvent().clone().user(context.getUser()).error(Errors.INVALID_CODE);
        context.challenge(page(context, context.form().addError(new FormMessage("code", message))));
    }

    private static Response page(RequiredActionContext context, LoginFormsProvider form) {
        return form.setAttribute("contact", policy(context).contact()).createForm(PAGE);
    }

    private static RealmPolicy policy(RequiredActionContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
    }

    @Override
    public void close() {}

    /** Thin edge to Keycloak. */
    public static final class Factory implements RequiredActionFactory {

        private PostalCodeAction action;

        @Override
        public RequiredActionProvider create(KeycloakSession session) {
            return action;
        }

        @Override
        public String getDisplayText() {
            return "Sekisho: code of a letter";
        }

        @Override
        public void init(Config.Scope config) {
            action = new PostalCodeAction(ClientAddresses.configured(config));
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {}

        @Override
        public void close() {}

        @Override
        public String getId() {
            return ID;
        }
    }
}
