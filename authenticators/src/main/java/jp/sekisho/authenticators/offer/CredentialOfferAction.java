package jp.sekisho.authenticators.offer;

import java.util.Optional;
import jp.sekisho.authenticators.freeze.Frozen;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.offer.OfferedCredentials;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.storage.offer.CredentialOffer;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * What stock Keycloak has done by a link in a mail: who was offered verifiable credentials is shown the offers at his next
 * login, one after the other. Where Keycloak's feature is off, there is nothing to show.
 */
// JP25-6
public final class CredentialOfferAction implements RequiredActionProvider, RequiredActionFactory {

    /** As the gate of mails has it, which sets it. */
    public static final String ID = "sekisho-credential-offer";

    @Override
    public void evaluateTriggers(RequiredActionContext context) {}

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || Hold.forbidsChanges(context.getSession(), context.getRealm())) {
            context.ignore();
        } else if (!Frozen.refused(context, policy.get())) {
            next(context, policy.get(), offered(context));
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        if (Hold.forbidsChanges(context.getSession(), context.getRealm())) {
            // Asked again at a later login.
            context.cancel();
        } else if (!Frozen.refused(context, policy)) {
            OfferedCredentials offered = offered(context);
            // The one that the page was about: another one may stand first now.
            Optional.ofNullable(
                            context.getHttpRequest().getDecodedFormParameters().getFirst("offer"))
                    .ifPresent(offered::take);
            next(context, policy, offered);
        }
    }

    /** What cannot be taken any more, since it was withdrawn or Keycloak's feature is off, is passed over for good. */
    private void next(RequiredActionContext context, RealmPolicy policy, OfferedCredentials offered) {
        for (Optional<CredentialOffer> first = offered.first(); first.isPresent(); first = offered.first()) {
            if (new StockOffer(context, this).made(first.get().parameter())) {
                // With what Keycloak's page shows.
                context.challenge(new Pages(policy)
                        .prepare(context.form())
                        .setAttribute("offer", first.get().id())
                        .createForm("sekisho-credential-offer.ftl"));
                return;
            }
            offered.take(first.get().id());
        }
        context.getUser().removeRequiredAction(ID);
        context.success();
    }

    private static OfferedCredentials offered(RequiredActionContext context) {
        return new OfferedCredentials(context.getSession(), context.getRealm(), context.getUser());
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getDisplayText() {
        return "Sekisho: offers of credentials";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
