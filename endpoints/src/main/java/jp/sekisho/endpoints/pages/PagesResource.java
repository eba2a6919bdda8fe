package jp.sekisho.endpoints.pages;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.words.FirmsWords;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * {@code /realms/{realm}/sekisho/pages/}: a shell without any data, its files and its words. Whatever is the customer's
 * comes from the account's routes, with his token.
 */
// Decision 13
public class PagesResource {

    private static final String BUNDLE = "sekisho-pages";
    private static final String PREFIX = "sekisho-pages-";

    /** What notices, factors and operations are called stands with them. */
    private static final Pattern NAMES = Pattern.compile("sekisho-(notice-[a-z-]+-name|factor-[a-z-]+)");

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ANEW = "no-store";

    private final KeycloakSession session;

    public PagesResource(KeycloakSession session) {
        this.session = session;
    }

    @GET
    public Response shell() {
        RealmModel realm = session.getContext().getRealm();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        Shell shell = new Shell(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                realm.getName(),
                Optional.ofNullable(realm.getDisplayName())
                        .filter(name -> !name.isBlank())
                        .orElseGet(realm::getName),
                policy.get().contact(),
                session.getContext().resolveLocale(null).getLanguage(),
                Assets.shared().hash(),
                Instant.now());
        // Keycloak would put the realm's policy, which allows more, in place of ours.
        session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
        return Response.ok(shell.html(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .header("Cache-Control", ANEW)
                .header("Content-Security-Policy", shell.contentSecurityPolicy())
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("X-Robots-Tag", "none")
                .build();
    }

    @GET
    @Path("words/{language}")
    public Response words(@PathParam("language") String language) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.getSupportedLocalesStream().noneMatch(language::equals)) {
            return Problem.notFound("The realm does not speak this language.");
        }
        return Response.ok(
                        FirmsWords.of(session, realm, language).bundle(BUNDLE, PREFIX, NAMES),
                        MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", ANEW)
                .build();
    }

    @GET
    @Path("{hash}/{file: .+}")
    public Response file(@PathParam("hash") String hash, @PathParam("file") String file) {
        return Assets.shared()
                .file(hash, file)
                .map(content -> Response.ok(content, type(file))
                        .header("Cache-Control", FOR_EVER)
                        .build())
                .orElseGet(() -> Problem.notFound("No such file of these pages."));
    }

    private static String type(String file) {
        String kind = file.substring(file.lastIndexOf('.') + 1);
        return switch (kind) {
            case "js" -> "text/javascript; charset=UTF-8";
            case "css" -> "text/css; charset=UTF-8";
            default -> MediaType.APPLICATION_OCTET_STREAM;
        };
    }
}
