package jp.sekisho.endpoints.profile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.notice.Masking;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;
import org.keycloak.validate.ValidationError;

/** A customer's attributes as one sees them who has not shown himself lately: masked, and not to be changed. */
// FFAJ-1.5-S1
final class MaskedAttributes extends CheckedAttributes {

    private static final long serialVersionUID = 1L;
    private static final String REFUSED = "sekisho-profile-masked";

    /** Not personal. */
    private static final Set<String> SETTINGS = Set.of(UserModel.LOCALE);

    /** As it came: Keycloak puts what is stored in the place of what did not. */
    private final transient Map<String, List<String>> sent;

    MaskedAttributes(Map<String, ?> values, UserModel user, UserProfileMetadata metadata, KeycloakSession session) {
        super(UserProfileContext.ACCOUNT, values, user, metadata, session);
        this.sent = sent(values);
    }

    static boolean personal(String name) {
        return !SETTINGS.contains(name);
    }

    @Override
    public Map<String, List<String>> getReadable() {
        Map<String, List<String>> readable = super.getReadable();
        readable.replaceAll((name, values) ->
                personal(name) ? written(values.stream(), Masking::name).toList() : values);
        return readable;
    }

    /** Keycloak asks while it makes the attributes: nothing of this object is there yet. */
    @Override
    public boolean isReadOnly(String name) {
        return personal(name) || super.isReadOnly(name);
    }

    /**
     * A form comes back with what it was given, or without it. Anything else is refused alike, the stored value too: whoever
     * guesses it is not told so.
     */
    @Override
    @SafeVarargs
    @SuppressWarnings("varargs") // handed on as they came
    public final boolean validate(String name, Consumer<ValidationError>... listeners) {
        if (!personal(name)) {
            return super.validate(name, listeners);
        }
        List<String> came = sent.getOrDefault(name, List.of());
        boolean asGiven = came.isEmpty() || came.equals(given(name));
        if (!asGiven) {
            for (Consumer<ValidationError> listener : listeners) {
                listener.accept(new ValidationError(REFUSED, name, REFUSED));
            }
        }
        return asGiven;
    }

    /** Empty where the customer may not even see it masked. */
    private List<String> given(String name) {
        return super.getReadable().containsKey(name)
                ? written(user.getAttributeStream(name), Masking::name).toList()
                : List.of();
    }

    private static Map<String, List<String>> sent(Map<String, ?> values) {
        return values.entrySet().stream()
                .collect(
                        Collectors.toMap(entry -> plain(entry.getKey()), entry -> list(entry.getValue()), (a, b) -> a));
    }

    private static String plain(String name) {
        return name.startsWith(Constants.USER_ATTRIBUTES_PREFIX)
                ? name.substring(Constants.USER_ATTRIBUTES_PREFIX.length())
                : name;
    }

    private static List<String> list(Object value) {
        Stream<?> values = value instanceof Collection<?> several ? several.stream() : Stream.ofNullable(value);
        return written(values.filter(String.class::isInstance).map(String.class::cast), UnaryOperator.identity())
                .toList();
    }

    private static Stream<String> written(Stream<String> values, UnaryOperator<String> form) {
        return values.filter(value -> value != null && !value.isBlank()).map(form);
    }
}
