package jp.sekisho.authenticators.passkey;

import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Says until when a passkey is provisional: once it is enrolled, and at each login with it. */
public final class ProvisionalPage {

    private ProvisionalPage() {}

    /** @param enrolled whether it was enrolled just now */
    public static Response create(
            KeycloakSession session,
            LoginFormsProvider form,
            RealmPolicy policy,
            UserModel user,
            Instant until,
            boolean enrolled) {
        Locale language = session.getContext().resolveLocale(user);
        DateTimeFormatter time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(language);
        return form.setAttribute("contact", policy.contact())
                .setAttribute("enrolled", enrolled)
                .setAttribute(
                        "until",
                        time.format(until.atZone(policy.profile().risk().zone())))
                .createForm("sekisho-provisional.ftl");
    }
}
