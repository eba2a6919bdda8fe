package jp.sekisho.endpoints.profile;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.words.FirmsWords;
import jp.sekisho.policies.notice.Masking;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;

/** Who the customer is, and for how long he may see it in full: personal values are masked without a fresh step-up. */
// FFAJ-1.5-S1
public final class Profile {

    private final SignedIn signedIn;

    public Profile(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** {@link View}; of the attributes, those that the realm's user profile lets a customer see. */
    public Response profile() {
        return signedIn.forCustomer(customer -> Response.ok(
                        new View(
                                language(customer),
                                customer.policy().profile().risk().zone().getId(),
                                iso(customer.heldUntil().orElse(null)),
                                iso(customer.freshUntil().orElse(null)),
                                StepUp.USUAL.acr(),
                                values(customer)),
                        MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    private String language(Customer customer) {
        return Notices.of(signedIn.session(), customer.realm(), customer.policy())
                .language(customer.user())
                .getLanguage();
    }

    private List<Value> values(Customer customer) {
        Attributes attributes = signedIn.session()
                .getProvider(UserProfileProvider.class)
                .create(UserProfileContext.ACCOUNT, customer.user())
                .getAttributes();
        FirmsWords words = FirmsWords.of(signedIn.session(), customer.realm(), language(customer));
        return attributes.getReadable().keySet().stream()
                .filter(MaskedAttributes::personal)
                .map(attributes::getMetadata)
                .sorted(Comparator.comparing(AttributeMetadata::getGuiOrder))
                .flatMap(attribute -> values(
                        attribute.getName(),
                        words.say(attribute.getAttributeDisplayName()),
                        attributes.get(attribute.getName()),
                        customer))
                .toList();
    }

    private static Stream<Value> values(String name, String label, List<String> values, Customer customer) {
        return values.stream()
                .filter(value -> value != null && !value.isBlank())
                .map(value -> new Value(name, label, customer.fresh() ? value : Masking.name(value)));
    }

    private static String iso(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /**
     * @param locale the customer's language
     * @param zone in which times are told
     * @param heldUntil until when this session changes nothing; left out where it is not held
     * @param shownUntil until when values are not masked; left out where they are
     * @param stepUp the essential {@code acr} to ask for, to see them
     */
    record View(String locale, String zone, String heldUntil, String shownUntil, String stepUp, List<Value> values) {}

    record Value(String name, String label, String value) {}
}
