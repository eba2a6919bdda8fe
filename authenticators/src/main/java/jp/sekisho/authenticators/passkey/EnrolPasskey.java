package jp.sekisho.authenticators.passkey;

import com.webauthn4j.anchor.KeyStoreTrustAnchorRepository;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.CertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.DefaultCertPathTrustworthinessVerifier;
import com.webauthn4j.verifier.attestation.trustworthiness.certpath.NullCertPathTrustworthinessVerifier;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.KeyStore;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.enrolment.Enrolment;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.passkey.PasskeyFacts;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegister;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.truststore.TruststoreProvider;

/**
 * The stock enrolment of a passkey, for those who may: a further one needs a passkey, a first one counts at once only where
 * no stranger could be, and is provisional elsewhere.
 */
// JP25-1, JP25-9
public final class EnrolPasskey extends WebAuthnPasswordlessRegister {

    private static final String TOLD = "sekisho.passkey-told";

    private final KeycloakSession session;

    private EnrolPasskey(KeycloakSession session, CertPathTrustworthinessVerifier trust) {
        super(session, trust);
        this.session = session;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = policy(context);
        Optional<Instant> told = Optional.ofNullable(
                        context.getAuthenticationSession().getAuthNote(TOLD))
                .map(Instant::parse);
        if (policy.isPresent() && told.isPresent()) {
            // The browser's button: it is enrolled, and no second one follows.
            context.challenge(provisional(context, policy.get(), told.get()));
        } else if (policy.isPresent() && enrolment(context, policy.get()) instanceof Enrolment.Refused refused) {
            refuse(context, policy.get(), refused.why());
        } else {
            super.requiredActionChallenge(context);
        }
    }

    /** An app that asked for it gets its customer back; who was to enrol one comes in without. */
    private void refuse(RequiredActionContext context, RealmPolicy policy, Enrolment.Why why) {
        if (askedByApp(context) || Reopening.begun(context.getAuthenticationSession())) {
            context.challenge(refusal(context, policy, why));
        } else {
            context.ignore();
        }
    }

    private static Response refusal(RequiredActionContext context, RealmPolicy policy, Enrolment.Why why) {
        return context.form()
                .setAttribute("contact", policy.contact())
                .setAttribute("why", why == Enrolment.Why.HELD ? "held" : "passkey-needed")
                .createForm("sekisho-enrolment-refused.ftl");
    }

    private static boolean askedByApp(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return context.getAction().equals(login.getClientNote(Constants.KC_ACTION_EXECUTING))
                && login.getClientNote(Constants.KC_ACTION_ENFORCED) == null;
    }

    @Override
    public void processAction(RequiredActionContext context) {
        Optional<RealmPolicy> policy = policy(context);
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (policy.isEmpty()) {
            super.processAction(context);
        } else if (login.getAuthNote(TOLD) != null) {
            login.removeAuthNote(TOLD);
            context.success();
        } else {
            enrol(context, policy.get(), enrolment(context, policy.get()));
        }
    }

    private void enrol(RequiredActionContext context, RealmPolicy policy, Enrolment enrolment) {
        if (enrolment instanceof Enrolment.Refused refused) {
            // The time of what vouched was up meanwhile.
            if (askedByApp(context)) {
                context.challenge(refusal(context, policy, refused.why()));
            } else {
                context.failure();
            }
            return;
        }
        Hold.permitEnrolment(session);
        super.processAction(context);
        if (context.getStatus() == RequiredActionContext.Status.SUCCESS && thawed(context, policy)) {
            Optional<Instant> until = enrolment instanceof Enrolment.Provisional provisional
                    ? Optional.of(provisional.until())
                    : Optional.empty();
            enrolled(context, policy, until);
        }
    }

    /** With the new passkey, where it is what a thaw waited for. @return false where it must not stand */
    // JP25-8
    private boolean thawed(RequiredActionContext context, RealmPolicy policy) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (!Reopening.begun(login)
                || Reopening.of(session, context.getRealm(), policy, context.getUser())
                        .completed(login)
                        .isPresent()) {
            return true;
        }
        session.getTransactionManager().setRollbackOnly();
        context.failure();
        return false;
    }

    private void enrolled(RequiredActionContext context, RealmPolicy policy, Optional<Instant> provisionalUntil) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        PasskeyFacts facts = new PasskeyReader(new ObjectConverter())
                .registered(
                        bytes(form, WebAuthnConstants.ATTESTATION_OBJECT),
                        bytes(form, WebAuthnConstants.CLIENT_DATA_JSON));
        Passkeys.of(session, context.getRealm())
                .enrolled(policy, context.getUser(), context.getAuthenticationSession(), facts, provisionalUntil);
        // A realm that only watches holds nothing, and says nothing of it.
        provisionalUntil.filter(until -> !policy.monitor()).ifPresent(until -> tell(context, policy, facts, until));
    }

    /** By all channels, and on the page; the credential's event is what Keycloak would have said of it. */
    private void tell(RequiredActionContext context, RealmPolicy policy, PasskeyFacts facts, Instant until) {
        NoticeValues values = session.getProvider(Checkpoint.class)
                .noticeValues(context.getUser())
                .about(facts.credential())
                .with("passkey")
                .and(NoticeValues.PROVISIONAL_UNTIL, until.toString());
        Notices.of(session, context.getRealm(), policy).tell(context.getUser(), Notice.PASSKEY_ENROLLED, values);
        context.getEvent().clone().success();
        context.getAuthenticationSession().setAuthNote(TOLD, until.toString());
        context.challenge(provisional(context, policy, until));
    }

    private Response provisional(RequiredActionContext context, RealmPolicy policy, Instant until) {
        return ProvisionalPage.create(session, context.form(), policy, context.getUser(), until, true);
    }

    private static byte[] bytes(MultivaluedMap<String, String> form, String field) {
        return Base64.getUrlDecoder().decode(form.getFirst(field));
    }

    private Enrolment enrolment(RequiredActionContext context, RealmPolicy policy) {
        return Passkeys.of(session, context.getRealm())
                .enrolment(policy, context.getUser(), context.getAuthenticationSession());
    }

    private Optional<RealmPolicy> policy(RequiredActionContext context) {
        return RealmPolicies.of(session, context.getRealm());
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends WebAuthnPasswordlessRegisterFactory {

        private volatile Trust trust = new Trust(Optional.empty(), new NullCertPathTrustworthinessVerifier());

        /** Made once a truststore: each login asks each required action, and reading a store is dear. */
        @Override
        public RequiredActionProvider create(KeycloakSession session) {
            Optional<KeyStore> store = Optional.ofNullable(session.getProvider(TruststoreProvider.class))
                    .map(TruststoreProvider::getTruststore);
            Trust known = trust;
            if (!known.store().equals(store)) {
                known = Trust.in(store);
                trust = known;
            }
            return new EnrolPasskey(session, known.verifier());
        }
    }

    private record Trust(Optional<KeyStore> store, CertPathTrustworthinessVerifier verifier) {

        static Trust in(Optional<KeyStore> store) {
            return new Trust(
                    store,
                    store.<CertPathTrustworthinessVerifier>map(roots -> new DefaultCertPathTrustworthinessVerifier(
                                    new KeyStoreTrustAnchorRepository(roots)))
                            .orElseGet(NullCertPathTrustworthinessVerifier::new));
        }
    }
}
