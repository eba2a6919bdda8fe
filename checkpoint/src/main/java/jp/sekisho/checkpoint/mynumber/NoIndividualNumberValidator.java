package jp.sekisho.checkpoint.mynumber;

import java.util.List;
import jp.sekisho.policies.mynumber.IndividualNumber;
import org.keycloak.provider.ConfiguredProvider;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.validate.AbstractStringValidator;
import org.keycloak.validate.ValidationContext;
import org.keycloak.validate.ValidationError;
import org.keycloak.validate.ValidatorConfig;

/** Of the user profile: refuses a My Number in an attribute, whoever types it, on whatever page or interface. */
// FFAJ-2.2-S4
public final class NoIndividualNumberValidator extends AbstractStringValidator implements ConfiguredProvider {

    public static final String ID = "sekisho-no-individual-number";

    /** The key of the words to whoever typed one. */
    public static final String MESSAGE = "sekisho-individual-number";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    protected void doValidate(String value, String inputHint, ValidationContext context, ValidatorConfig config) {
        if (IndividualNumber.in(value)) {
            // Not the value: an error is written to logs and events.
            context.addError(new ValidationError(ID, inputHint, MESSAGE));
        }
    }

    /** What is no text is not judged here; neither is nothing. */
    @Override
    protected boolean skipValidation(Object value, ValidatorConfig config) {
        return !(value instanceof String);
    }

    @Override
    public String getHelpText() {
        return "Refuses an individual number (My Number): twelve digits with its check digit, in any spelling.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }
}
