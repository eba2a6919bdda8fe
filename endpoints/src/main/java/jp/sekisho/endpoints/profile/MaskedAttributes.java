package jp.sekisho.endpoints.profile;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import jp.sekisho.policies.notice.Masking;
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

    MaskedAttributes(Map<String, ?> values, UserModel user, UserProfileMetadata metadata, KeycloakSession session) {
        super(UserProfileContext.ACCOUNT, values, user, metadata, session);
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

    /** A form comes back with what it was given; anything else would be a change. */
    @Override
    @SafeVarargs
    @SuppressWarnings("varargs") // handed on as they came
    public final boolean validate(String name, Consumer<ValidationError>... listeners) {
        if (!personal(name)) {
            return super.validate(name, listeners);
        }
        List<String> sent =
                written(get(name).stream(), UnaryOperator.identity()).toList();
        boolean unchanged = sent.isEmpty()
                || sent.equals(stored(name, UnaryOperator.identity()))
                || sent.equals(stored(name, Masking::name));
        if (!unchanged) {
            for (Consumer<ValidationError> listener : listeners) {
                listener.accept(new ValidationError(REFUSED, name, REFUSED));
            }
        }
        return unchanged;
    }

    private List<String> stored(String name, UnaryOperator<String> form) {
        return written(user.getAttributeStream(name), form).toList();
    }

    private static Stream<String> written(Stream<String> values, UnaryOperator<String> form) {
        return values.filter(value -> value != null && !value.isBlank()).map(form);
    }
}
