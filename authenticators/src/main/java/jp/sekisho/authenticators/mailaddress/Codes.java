package jp.sekisho.authenticators.mailaddress;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.code.CodeSession;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Codes that show whose an address is, on the pages of required actions. */
final class Codes {

    /** What became of a mail or of a code that was typed. */
    enum Outcome {
        DONE,
        /** A page says why not; it was shown. */
        REFUSED,
        WRONG,
        UNSENT
    }

    private static final Logger LOG = LoggerFactory.getLogger(Codes.class);

    private final RequiredActionContext context;
    private final RealmPolicy policy;
    private final MailCodes codes;

    /** @param address that is to be shown to be the customer's */
    Codes(RequiredActionContext context, RealmPolicy policy, String address) {
        this.context = context;
        this.policy = policy;
        this.codes = MailCodes.of(
                context.getSession(),
                context.getRealm(),
                policy,
                CodePurpose.ADDRESS,
                CodeSession.of(context.getAuthenticationSession()),
                Customers.pseudonym(context.getSession(), context.getRealm(), context.getUser()),
                address);
    }

    boolean live() {
        return codes.live();
    }

    Outcome send() {
        Verdict mail = codes.mayMail();
        if (!mail.passed()) {
            refuse(mail);
            return Outcome.REFUSED;
        }
        String code = codes.draw();
        try {
            codes.mail(context.getUser(), code);
        } catch (EmailException unsent) {
            LOG.error(
                    "realm {}: a code could not be sent: {}", context.getRealm().getName(), MailCodes.kind(unsent));
            return Outcome.UNSENT;
        }
        codes.keep(code);
        return Outcome.DONE;
    }

    Outcome verify(String typed) {
        String digits = MailCodes.digits(typed);
        if (digits.isEmpty()) {
            return Outcome.WRONG;
        }
        Verdict verdict = codes.verify(digits);
        if (verdict.refused().isPresent() || verdict.began().isPresent()) {
            refuse(verdict);
            return Outcome.REFUSED;
        }
        return verdict.passed() ? Outcome.DONE : Outcome.WRONG;
    }

    private void refuse(Verdict verdict) {
        verdict.began().ifPresent(this::tell);
        Refused why =
                verdict.refused().orElseGet(() -> new Refused(verdict.began().orElseThrow(), Optional.empty()));
        Response page = new Pages(policy).locked(context.form(), why);
        context.challenge(page);
    }

    private void tell(Refusal lock) {
        KeycloakSession session = context.getSession();
        Notices.of(session, context.getRealm(), policy)
                .tellNow(
                        context.getUser(),
                        lock == Refusal.LOCK ? Notice.LOCK : Notice.STRANGER_LOCK,
                        session.getProvider(Checkpoint.class).noticeValues(context.getUser()));
    }
}
