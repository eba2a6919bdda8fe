package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.events.Event;

/**
 * The stock login with a client certificate, offered where the connection brought one; the certificate is looked at when the
 * customer says so, and the login is judged like any other.
 */
// JP25-1
public final class CertificateAuthenticator extends X509ClientCertificateAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        X509Certificate[] presented = getCertificateChain(context);
        if (presented == null || presented.length == 0) {
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
        Assessment assessment = walk.checkpoint().assess(walk.subject(), Operation.LOGIN);
        Refusals refusals = new Refusals(context, policy);
        if (walk.frozen(assessment.subject())) {
            refusals.frozen(assessment);
        } else if (!refusals.locked(assessment)) {
            walk.decided(assessment);
        }
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
