package jp.sekisho.endpoints.notice;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import org.keycloak.locale.LocaleUpdaterProvider;
import org.keycloak.models.UserModel;

/** In which language a customer is told; what he logs in with, and the pages, speak it too. */
// FFAJ-1.2-S2
public final class Language {

    private final SignedIn signedIn;

    public Language(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** What is asked for. */
    public record Wanted(String language) {

        public Wanted {
            if (language == null) {
                throw new IllegalArgumentException("language: is required.");
            }
        }
    }

    /**
     * @param language in which he is told now
     * @param languages that the realm speaks
     */
    public record View(String language, List<String> languages) {}

    /** {@link View}. */
    public Response language() {
        return signedIn.forCustomer(this::view);
    }

    /**
     * Keeps it.
     *
     * @param body {@link Wanted}
     * @return the same as {@link #language()}; 400 for what the realm does not speak, 403 in a session that is held and where
     *     changes of his profile are frozen, 409 where
     *     the directory that the customer comes from does not let it be changed
     */
    public Response choose(String body) {
        return signedIn.forSettings(customer -> {
            String wanted = Body.read(body, Wanted.class).language();
            if (!spoken(customer).contains(wanted)) {
                return Problem.badRequest("language", "One of " + spoken(customer) + " is required.");
            }
            signedIn.session().getProvider(LocaleUpdaterProvider.class).updateUsersLocale(customer.user(), wanted);
            // Keycloak swallows it.
            boolean kept = wanted.equals(customer.user().getFirstAttribute(UserModel.LOCALE));
            return kept ? view(customer) : Problem.conflict("read-only", "The language is kept elsewhere.");
        });
    }

    private Response view(Customer customer) {
        String now = Notices.of(signedIn.session(), customer.realm(), customer.policy())
                .language(customer.user())
                .toLanguageTag();
        return Response.ok(new View(now, spoken(customer)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static List<String> spoken(Customer customer) {
        return customer.realm().getSupportedLocalesStream().sorted().toList();
    }
}
