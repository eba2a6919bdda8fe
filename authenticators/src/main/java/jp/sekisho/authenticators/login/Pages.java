package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import org.keycloak.forms.login.LoginFormsProvider;

/** What customers see. Templates are in {@code themes}. */
public final class Pages {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final RealmPolicy policy;

    public Pages(RealmPolicy policy) {
        this.policy = policy;
    }

    /** Adds what every page of ours shows. */
    // FFAJ-5.1-S1
    public LoginFormsProvider prepare(LoginFormsProvider form) {
        return form.setAttribute("contact", policy.contact());
    }

    LoginFormsProvider withReasons(LoginFormsProvider form, Optional<Carried> decision) {
        List<String> reasons = decision.map(Carried::reasons).orElse(List.of()).stream()
                .map(code -> "sekisho-reason-" + code)
                .toList();
        return prepare(form).setAttribute("reasons", reasons).setAttribute("sekishoReasons", reasons);
    }

    /**
     * The login, passkey first.
     *
     * @param username as it was typed or hinted at
     */
    // JP25-1
    Response passkeysFirst(LoginFormsProvider form, String username) {
        return prepare(form)
                .setAttribute("username", username)
                .setAttribute("passwords", policy.profile().passwordsOffered())
                .createForm("sekisho-login.ftl");
    }

    /** Where passkeys come first, it is also the page of a mistyped password: who may use one is nobody's business. */
    Response passkeyOnly(LoginFormsProvider form) {
        boolean again = policy.profile().passkeysFirst() && policy.profile().passwordsOffered();
        return prepare(form).setAttribute("again", again).createForm("sekisho-refused.ftl");
    }

    public Response locked(LoginFormsProvider form, Refused refused) {
        return locked(form, kind(refused.why()), refused.until());
    }

    Response sourceRefused(LoginFormsProvider form) {
        return locked(form, "source", Optional.empty());
    }

    private Response locked(LoginFormsProvider form, String kind, Optional<Instant> until) {
        ZoneId zone = policy.profile().risk().zone();
        prepare(form).setAttribute("kind", kind);
        until.ifPresent(end -> form.setAttribute("until", TIME.format(end.atZone(zone))));
        return form.createForm("sekisho-locked.ftl");
    }

    private static String kind(Refusal refusal) {
        return switch (refusal) {
            case THROTTLE -> "throttle";
            case STRANGER_LOCK -> "stranger-lock";
            case LOCK, CREDENTIAL_LOCK -> "lock";
            case CREDENTIAL_ENDED -> "credential-ended";
        };
    }
}
