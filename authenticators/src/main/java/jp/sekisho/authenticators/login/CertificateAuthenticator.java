package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.x509.X509AuthenticatorConfigModel;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stock login with a client certificate, offered where the connection brought one; the certificate is looked at when the
 * customer says so, and the login is judged like any other.
 */
// JP25-1
public final class CertificateAuthenticator extends X509ClientCertificateAuthenticator {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateAuthenticator.class);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (!presented(context)) {
            context.attempted();
        } else if (policy.isEmpty()) {
            super.authenticate(context);
        } else {
            context.challenge(page(context, policy.get(), Optional.empty()));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            super.action(context);
        } else if (context.getHttpRequest().getDecodedFormParameters().containsKey("cancel")) {
            context.attempted();
        } else {
            logIn(context, policy.get());
        }
    }

    private void logIn(AuthenticationFlowContext context, RealmPolicy policy) {
        Walk walk = new Walk(context);
        walk.begin();
        super.authenticate(context);
        if (context.getStatus() != FlowStatus.SUCCESS) {
            Optional<Assessment> frozen = disabled(context)
                    .filter(walk::frozen)
                    .map(subject -> walk.checkpoint().assess(subject, Operation.LOGIN));
            if (frozen.isPresent()) {
                new Refusals(context, policy).frozen(frozen.get());
                return;
            }
            context.forceChallenge(page(context, policy, Optional.of("sekisho-certificate-failed")));
            return;
        }
        ShownFactors.add(context.getAuthenticationSession(), context.getUser(), UserCredentialModel.CLIENT_CERT);
        Assessment assessment = walk.checkpoint().assess(walk.subject(), Operation.LOGIN);
        Refusals refusals = new Refusals(context, policy);
        if (walk.frozen(assessment.subject())) {
            refusals.frozen(assessment);
        } else if (!refusals.locked(assessment)) {
            walk.decided(assessment);
        }
    }

    /** Whether the connection brought a certificate, of whomever. */
    public boolean presented(AuthenticationFlowContext context) {
        X509Certificate[] presented = getCertificateChain(context);
        return presented != null && presented.length > 0;
    }

    /**
     * Whose certificate the connection brought, read by the terms of the login; for a step that is no login.
     *
     * @return empty where it is nobody's or not valid, or where the realm's login takes none
     */
    // JP25-3
    public Optional<UserModel> owner(AuthenticationFlowContext context) {
        Optional<X509AuthenticatorConfigModel> terms = presented(context)
                ? terms(context.getRealm(), context.getRealm().getBrowserFlow().getId(), new HashSet<>())
                : Optional.empty();
        return terms.flatMap(known -> owner(context, known));
    }

    private Optional<UserModel> owner(AuthenticationFlowContext context, X509AuthenticatorConfigModel terms) {
        X509Certificate[] presented = getCertificateChain(context);
        try {
            certificateValidationParameters(context.getSession(), terms)
                    .build(presented)
                    .validateTrust()
                    .validateTimestamps()
                    .validateKeyUsage()
                    .validateExtendedKeyUsage()
                    .validatePolicy()
                    .checkRevocationStatus();
            Object identity = getUserIdentityExtractor(terms).extractUserIdentity(presented);
            return identity == null
                    ? Optional.empty()
                    : Optional.ofNullable(getUserIdentityToModelMapper(terms).find(context, identity));
        } catch (Exception refused) {
            // What is thrown is of many kinds, and says more of the certificate than a log should.
            LOG.info(
                    "realm {}: a client certificate was refused: {}",
                    context.getRealm().getName(),
                    refused.getClass());
            return Optional.empty();
        }
    }

    /** @param seen flows on the way here: one that contains itself has no end */
    private static Optional<X509AuthenticatorConfigModel> terms(RealmModel realm, String flowId, Set<String> seen) {
        if (!seen.add(flowId)) {
            return Optional.empty();
        }
        return realm.getAuthenticationExecutionsStream(flowId)
                .filter(AuthenticationExecutionModel::isEnabled)
                .map(step -> step.isAuthenticatorFlow()
                        ? terms(realm, step.getFlowId(), seen)
                        : Optional.of(step)
                                .filter(one -> CertificateAuthenticatorFactory.ID.equals(one.getAuthenticator()))
                                .map(AuthenticationExecutionModel::getAuthenticatorConfig)
                                .map(realm::getAuthenticatorConfigById)
                                .map(X509AuthenticatorConfigModel::new))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whose certificate was right, and whom Keycloak refuses: it says so in its event only. */
    private static Optional<Subject> disabled(AuthenticationFlowContext context) {
        Event event = context.getEvent().getEvent();
        return Optional.of(event)
                .filter(told -> Errors.USER_DISABLED.equals(told.getError()))
                .map(Event::getUserId)
                .map(id -> context.getSession().users().getUserById(context.getRealm(), id))
                .map(user -> Subject.of(context.getSession(), context.getRealm(), user));
    }

    private static Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<String> error) {
        error.ifPresent(context.form()::setError);
        return new Pages(policy).prepare(context.form()).createForm("sekisho-certificate.ftl");
    }
}
