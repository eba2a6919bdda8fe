package jp.sekisho.endpoints.freeze;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.freeze.StopCodes;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.problem.Problem;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The page where the code of a notice is typed, without a login. Its answer is the same for a right code and a wrong, used or
 * old one, also where it asks to try again after a while. No message carries a link to it: it is reached from the firm's site and from the login page.
 */
public final class StopPage {

    private static final String COOKIE = "__Host-sekisho-stop";
    private static final int TOKEN_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final ClientAddresses addresses;

    public StopPage(KeycloakSession session, ClientAddresses addresses) {
        this.session = session;
        this.addresses = addresses;
    }

    /** What the page says. */
    private enum State {
        ASKS,
        DONE,
        /** Too many wrong ones came from there. */
        WAITS
    }

    public Response form() {
        return forPolicy(policy -> page(policy, State.ASKS));
    }

    /** Only from the form: a foreign page cannot send it, since it knows no token. */
    public Response stop() {
        return forPolicy(policy -> {
            MultivaluedMap<String, String> form =
                    session.getContext().getHttpRequest().getDecodedFormParameters();
            if (!ownForm(form.getFirst("token"))) {
                return page(policy, State.ASKS);
            }
            boolean looked = StopCodes.of(session, realm(), policy)
                    .stop(Optional.ofNullable(form.getFirst("code")).orElse(""), addresses.of(session));
            return page(policy, looked ? State.DONE : State.WAITS);
        });
    }

    private interface Work {
        Response of(RealmPolicy policy);
    }

    private Response forPolicy(Work work) {
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm());
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        if (realm().getSslRequired().isRequired(session.getContext().getConnection())) {
            return Problem.forbidden("HTTPS is required.");
        }
        return work.of(policy.get());
    }

    private Response page(RealmPolicy policy, State state) {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Response page = session.getProvider(LoginFormsProvider.class)
                .setActionUri(session.getContext().getUri().getAbsolutePath())
                .setAttribute("contact", policy.contact())
                .setAttribute("token", token)
                .setAttribute("done", state == State.DONE)
                .setAttribute("waits", state == State.WAITS)
                .createForm("sekisho-stop.ftl");
        return Response.fromResponse(page)
                .cookie(new NewCookie.Builder(COOKIE)
                        .value(token)
                        .path("/")
                        .secure(true)
                        .httpOnly(true)
                        .sameSite(NewCookie.SameSite.STRICT)
                        .build())
                .header("Cache-Control", "no-store")
                .build();
    }

    private boolean ownForm(String token) {
        Cookie cookie = session.getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getCookies()
                .get(COOKIE);
        return token != null
                && cookie != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        cookie.getValue().getBytes(StandardCharsets.UTF_8));
    }

    private RealmModel realm() {
        return session.getContext().getRealm();
    }
}
