package jp.sekisho.endpoints.profile;

import java.util.List;
import java.util.Map;
import jp.sekisho.checkpoint.mynumber.NoIndividualNumberValidator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.AttributeMetadata;
import org.keycloak.userprofile.AttributeValidatorMetadata;
import org.keycloak.userprofile.DefaultAttributes;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileMetadata;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Attributes of which also those are looked at that the realm's profile does not name: the language, an address that waits,
 * and whatever a realm lets in unnamed. Of those that it names the profile says what they may hold.
 */
// FFAJ-2.2-S4
class CheckedAttributes extends DefaultAttributes {

    private static final long serialVersionUID = 1L;

    CheckedAttributes(
            UserProfileContext context,
            Map<String, ?> values,
            UserModel user,
            UserProfileMetadata metadata,
            KeycloakSession session) {
        super(context, values, user, metadata, session);
    }

    @Override
    protected void addDefaultValidators(String name, List<AttributeMetadata> validated) {
        super.addDefaultValidators(name, validated);
        if (session.getProvider(UserProfileProvider.class).getConfiguration().getAttribute(name) == null) {
            validated.add(new UserProfileMetadata(context)
                    .addAttribute(name, -1, new AttributeValidatorMetadata(NoIndividualNumberValidator.ID)));
        }
    }
}
