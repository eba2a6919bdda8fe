package jp.sekisho.authenticators.invitation;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.authenticators.freeze.Frozen;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationInvitationModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.utils.Organizations;

/**
 * What stock Keycloak has done by a link in a mail: who was invited to an organization accepts or declines at his next login,
 * one invitation after the other.
 */
// JP25-6
public final class InvitationAction implements RequiredActionProvider, RequiredActionFactory {

    /** As the gate of mails has it, which sets it. */
    public static final String ID = "sekisho-invitation";

    private record Invitation(OrganizationModel organization, OrganizationInvitationModel model) {}

    @Override
    public void evaluateTriggers(RequiredActionContext context) {}

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || waits(context)) {
            context.ignore();
        } else if (!Frozen.refused(context, policy.get())) {
            next(context, policy.get(), open(context, 1).stream().findFirst());
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        if (waits(context)) {
            // Asked again at a later login.
            context.cancel();
        } else if (!Frozen.refused(context, policy)) {
            List<Invitation> open = open(context, 2);
            boolean answered = !open.isEmpty() && answered(context, open.get(0));
            next(context, policy, open.stream().skip(answered ? 1 : 0).findFirst());
        }
    }

    /** Not where the page was about another one: that one may have been withdrawn, or this one may stand first only now. */
    private static boolean answered(RequiredActionContext context, Invitation invitation) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (!invitation.model().getId().equals(form.getFirst("invitation"))) {
            return false;
        }
        if ("accept".equals(form.getFirst("answer"))) {
            accept(context, invitation);
            return true;
        }
        if ("decline".equals(form.getFirst("answer"))) {
            decline(context, invitation);
            return true;
        }
        return false;
    }

    /** Not in a session that only weak means vouch for, nor for an address that is not known to be his. */
    private static boolean waits(RequiredActionContext context) {
        return !context.getUser().isEmailVerified() || Hold.forbidsChanges(context.getSession(), context.getRealm());
    }

    private static void next(RequiredActionContext context, RealmPolicy policy, Optional<Invitation> first) {
        if (first.isEmpty()) {
            context.getUser().removeRequiredAction(ID);
            context.success();
            return;
        }
        context.challenge(new Pages(policy)
                .prepare(context.form())
                .setAttribute("organization", first.get().organization().getName())
                .setAttribute("invitation", first.get().model().getId())
                .createForm("sekisho-invitation.ftl"));
    }

    /** Invitations are kept by organization, and only who was invited is looked up. */
    private static List<Invitation> open(RequiredActionContext context, int atMost) {
        if (!Organizations.isEnabled(context.getSession())) {
            return List.of();
        }
        UserModel user = context.getUser();
        OrganizationProvider organizations = organizations(context);
        return organizations
                .getAllStream(Map.of(), null, null)
                .filter(OrganizationModel::isEnabled)
                .filter(organization -> !organization.isMember(user))
                .flatMap(organization -> Optional.ofNullable(
                        organizations.getInvitationManager().getByEmail(organization, user.getEmail()))
                        .map(model -> new Invitation(organization, model))
                        .stream())
                .filter(invitation -> !invitation.model().isExpired())
                .limit(atMost)
                .toList();
    }

    private static void accept(RequiredActionContext context, Invitation invitation) {
        OrganizationProvider organizations = organizations(context);
        organizations.getInvitationManager().remove(invitation.model().getId());
        organizations.addMember(invitation.organization(), context.getUser());
        event(context, invitation).success();
    }

    private static void decline(RequiredActionContext context, Invitation invitation) {
        organizations(context).getInvitationManager().remove(invitation.model().getId());
        event(context, invitation).error(Errors.REJECTED_BY_USER);
    }

    private static EventBuilder event(RequiredActionContext context, Invitation invitation) {
        return context.getEvent()
                .clone()
                .event(EventType.INVITE_ORG)
                .user(context.getUser())
                .detail(Details.ORG_ID, invitation.organization().getId());
    }

    private static OrganizationProvider organizations(RequiredActionContext context) {
        return context.getSession().getProvider(OrganizationProvider.class);
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getDisplayText() {
        return "Sekisho: invitations to organizations";
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
