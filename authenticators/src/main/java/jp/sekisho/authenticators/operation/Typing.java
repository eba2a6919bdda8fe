package jp.sekisho.authenticators.operation;

import jakarta.ws.rs.core.MultivaluedMap;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.code.CodeSession;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.factor.AuthenticatorCode;
import jp.sekisho.checkpoint.factor.SecondFactor;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.checkpoint.tradingpassword.TradingPasswords;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.NotSet;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.Right;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.Stopped;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.email.EmailException;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.TotpLoginBean;
import org.keycloak.models.utils.FormMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a customer types to confirm an operation: the trading password, and a code where he shows no passkey. */
// FFAJ-1.3-B1, FFAJ-1.4-S1, FFAJ-1.4-S2
final class Typing {

    static final String PASSWORD = "trading-password";
    static final String CODE = "code";

    private static final Logger LOG = LoggerFactory.getLogger(Typing.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Confirming confirming;
    private final AuthenticationFlowContext context;
    private final Operation operation;
    private final Set<Factor> required;
    private final TradingPasswords passwords;
    private final MultivaluedMap<String, String> form;

    Typing(Confirming confirming, Shown shown, Set<Factor> required) {
        this.confirming = confirming;
        this.context = confirming.context;
        this.operation = shown.operation().what().type();
        this.required = required;
        this.passwords = TradingPasswords.of(context.getSession(), context.getRealm(), confirming.policy);
        this.form = context.getHttpRequest().getDecodedFormParameters();
    }

    boolean needed() {
        return required.contains(Factor.TRADING_PASSWORD);
    }

    /** Why nothing is asked: what the page says instead of its fields. */
    Optional<String> obstacle() {
        if (!needed()) {
            return Optional.empty();
        }
        if (!TradingPasswords.has(confirming.user)) {
            return Optional.of("unset");
        }
        return passwords
                .stopped(confirming.user, operation, counted())
                .filter(stopped -> stopped.why() != Refusal.THROTTLE)
                .map(stopped -> "stopped");
    }

    private Optional<String> counted() {
        return second().map(SecondFactor::credential);
    }

    private Optional<SecondFactor> second() {
        if (required.contains(Factor.TOTP)) {
            return Optional.of(new AuthenticatorCode(confirming.user, typed("selectedCredentialId"), code()));
        }
        return required.contains(Factor.MAIL_CODE) ? Optional.of(codes().beside(code())) : Optional.empty();
    }

    /** What is wrong with what was typed; empty where it is right, and used up. */
    Optional<FormMessage> fault() {
        Optional<SecondFactor> second = second();
        if (typed(PASSWORD).isEmpty() || second.isPresent() && code().isEmpty()) {
            return Optional.of(
                    message(second.isPresent() ? "sekisho-confirm-missing-both" : "sekisho-confirm-missing"));
        }
        TypedAnswer answer = second.map(also -> passwords.verify(confirming.user, operation, typed(PASSWORD), also))
                .orElseGet(() -> passwords.verify(confirming.user, operation, typed(PASSWORD)));
        if (answer instanceof Right) {
            return Optional.empty();
        }
        if (answer instanceof Stopped stopped) {
            return Optional.of(waits(stopped));
        }
        return Optional.of(message(
                answer instanceof NotSet
                        ? "sekisho-confirm-unset"
                        : second.isPresent() ? "sekisho-confirm-wrong-both" : "sekisho-confirm-wrong"));
    }

    private FormMessage waits(Stopped stopped) {
        if (stopped.why() != Refusal.THROTTLE) {
            return message("sekisho-confirm-stopped");
        }
        return stopped.until()
                .map(end -> message(
                        "sekisho-confirm-throttle",
                        TIME.format(
                                end.atZone(confirming.policy.profile().risk().zone()))))
                .orElseGet(() -> message("sekisho-confirm-throttle-later"));
    }

    /** Fills in what its part of the page needs. */
    void show(LoginFormsProvider page) {
        if (required.contains(Factor.TOTP)) {
            page.setAttribute(
                    "otpLogin",
                    new TotpLoginBean(
                            context.getSession(), context.getRealm(), confirming.user, typed("selectedCredentialId")));
        }
        if (required.contains(Factor.MAIL_CODE)) {
            // FFAJ-1.5-S1
            page.setAttribute("maskedEmail", Masking.name(confirming.user.getEmail()))
                    .setAttribute("sent", codes().made());
        }
    }

    /** Sends the code that is asked for, where none is under way: a page that is only loaded again sends nothing. */
    Optional<FormMessage> send(boolean again) {
        if (!required.contains(Factor.MAIL_CODE)) {
            return Optional.empty();
        }
        MailCodes codes = codes();
        if (!again && codes.live()) {
            return Optional.empty();
        }
        Verdict mail = codes.mayMail();
        if (!mail.passed()) {
            return Optional.of(message("sekisho-confirm-throttle-later"));
        }
        String code = codes.draw();
        try {
            codes.mail(confirming.user, code);
        } catch (EmailException unsent) {
            LOG.error(
                    "realm {}: a code could not be sent: {}", context.getRealm().getName(), MailCodes.kind(unsent));
            return Optional.of(message("sekisho-mail-code-unsent"));
        }
        codes.keep(code);
        return Optional.empty();
    }

    private MailCodes codes() {
        return MailCodes.toConfirm(
                context.getSession(),
                context.getRealm(),
                confirming.policy,
                operation,
                CodeSession.of(context.getAuthenticationSession()),
                confirming.customer(),
                confirming.user.getEmail());
    }

    private String code() {
        return MailCodes.digits(typed(CODE));
    }

    private String typed(String field) {
        return Optional.ofNullable(form.getFirst(field)).orElse("");
    }

    private static FormMessage message(String key, Object... words) {
        return new FormMessage(key, words);
    }
}
