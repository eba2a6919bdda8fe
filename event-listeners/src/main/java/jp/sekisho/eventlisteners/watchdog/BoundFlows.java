package jp.sekisho.eventlisteners.watchdog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.sekisho.policies.flow.Flow;
import jp.sekisho.policies.flow.Flow.Execution;
import jp.sekisho.policies.flow.Flow.Part;
import jp.sekisho.policies.flow.Flow.Requirement;
import jp.sekisho.policies.flow.Flow.Step;
import org.keycloak.common.Profile;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.executor.AuthenticationFlowSelectorExecutorFactory;

/**
 * The flows of a realm that could end in a session: what the realm, its clients and its identity
 * providers are bound to, and what client policies choose.
 */
final class BoundFlows {

    /** Our last steps, of which that of a reset leads to no session, our cookie step, and Keycloak's that lets nobody through. */
    private static final Set<String> GUARDS =
            Set.of("sekisho-admit", "sekisho-cookie", "sekisho-reset-password", "deny-access-authenticator");

    private final KeycloakSession session;
    private final RealmModel realm;

    BoundFlows(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** What is bound to a flow that lets somebody past the checkpoint, in words for an operator. */
    SortedSet<String> unguarded() {
        SortedSet<String> unguarded = new TreeSet<>();
        ofRealm(unguarded);
        realm.getClientsStream()
                .forEach(client -> client.getAuthenticationFlowBindingOverrides()
                        .forEach((binding, flowId) -> check(
                                unguarded,
                                "client " + client.getClientId() + " " + binding,
                                Optional.ofNullable(flowId))));
        // Who was linked before passes the flow after the login alone: without it nobody is judged.
        session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(IdentityProviderModel::isEnabled)
                .forEach(provider -> check(
                        unguarded,
                        "identity-provider " + provider.getAlias() + " post-login",
                        Optional.ofNullable(provider.getPostBrokerLoginFlowId())));
        ofClientPolicies(unguarded);
        return unguarded;
    }

    /** A client policy may choose a flow by its alias, whatever realm and client are bound to. */
    private void ofClientPolicies(SortedSet<String> unguarded) {
        try {
            Map<String, ClientProfileRepresentation> profiles =
                    session.clientPolicy().getClientProfiles(realm, false).getProfiles().stream()
                            .collect(Collectors.toMap(ClientProfileRepresentation::getName, Function.identity()));
            for (ClientPolicyRepresentation policy :
                    session.clientPolicy().getClientPolicies(realm, false).getPolicies()) {
                if (Boolean.TRUE.equals(policy.isEnabled())) {
                    policy.getProfiles().stream()
                            .map(profiles::get)
                            .filter(Objects::nonNull)
                            .flatMap(profile -> profile.getExecutors().stream())
                            .filter(executor -> executor.getExecutorProviderId()
                                    .equals(AuthenticationFlowSelectorExecutorFactory.PROVIDER_ID))
                            .map(executor -> executor.getConfiguration()
                                    .path("auth-flow-alias")
                                    .asText())
                            .filter(alias -> !alias.isEmpty())
                            .forEach(alias ->
                                    check(unguarded, "client-policy " + policy.getName(), realm.getFlowByAlias(alias)));
                }
            }
        } catch (ClientPolicyException unreadable) {
            unguarded.add("client policies: unreadable");
        }
    }

    private void ofRealm(SortedSet<String> unguarded) {
        check(unguarded, "browser", realm.getBrowserFlow());
        check(unguarded, "direct-grant", realm.getDirectGrantFlow());
        check(unguarded, "registration", realm.getRegistrationFlow());
        check(unguarded, "reset-credentials", realm.getResetCredentialsFlow());
        if (Profile.isFeatureEnabled(Profile.Feature.DOCKER)) {
            check(unguarded, "docker", realm.getDockerAuthenticationFlow());
        }
    }

    private void check(SortedSet<String> unguarded, String binding, AuthenticationFlowModel bound) {
        check(unguarded, binding, Optional.ofNullable(bound).map(AuthenticationFlowModel::getId));
    }

    private void check(SortedSet<String> unguarded, String binding, Optional<String> flowId) {
        // A client's override may be empty: then it has none.
        Optional<AuthenticationFlowModel> bound =
                flowId.filter(id -> !id.isEmpty()).map(realm::getAuthenticationFlowById);
        if (bound.isEmpty() && flowId.filter(String::isEmpty).isPresent()) {
            return;
        }
        boolean guarded = bound.map(flow -> read(flow.getId(), new HashSet<>()).guardedBy(GUARDS))
                .orElse(false);
        if (!guarded) {
            unguarded.add(binding + ": "
                    + bound.map(AuthenticationFlowModel::getAlias).orElse("no flow"));
        }
    }

    /** @param seen flows on the way here; one that contains itself guards nothing */
    private Flow read(String flowId, Set<String> seen) {
        List<Execution> executions = new ArrayList<>();
        if (seen.add(flowId)) {
            realm.getAuthenticationExecutionsStream(flowId)
                    .forEach(execution -> requirement(execution)
                            .ifPresent(requirement -> executions.add(
                                    execution.isAuthenticatorFlow()
                                            ? new Part(requirement, read(execution.getFlowId(), seen))
                                            : new Step(requirement, execution.getAuthenticator()))));
            seen.remove(flowId);
        }
        return new Flow(executions);
    }

    private static Optional<Requirement> requirement(AuthenticationExecutionModel execution) {
        return switch (execution.getRequirement()) {
            case REQUIRED -> Optional.of(Requirement.REQUIRED);
            case ALTERNATIVE -> Optional.of(Requirement.ALTERNATIVE);
            case CONDITIONAL -> Optional.of(Requirement.CONDITIONAL);
            case DISABLED -> Optional.empty();
        };
    }
}
