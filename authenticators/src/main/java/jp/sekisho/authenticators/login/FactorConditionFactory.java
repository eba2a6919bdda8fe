package jp.sekisho.authenticators.login;

import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.policies.factor.Factor;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Thin edge to Keycloak. */
public final class FactorConditionFactory implements ConditionalAuthenticatorFactory {

    public static final String ID = "sekisho-condition-factor";

    private static final FactorCondition CONDITION = new FactorCondition();

    @Override
    public ConditionalAuthenticator getSingleton() {
        return CONDITION;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Sekisho: condition - factor";
    }

    @Override
    public String getHelpText() {
        return "True where the customer is asked for this factor.";
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
    }

    @Override
    public boolean isConfigurable() {
        return true;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(FactorCondition.FACTOR)
                .label("Factor")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(Stream.of(Factor.values()).map(Factor::name).toList())
                .add()
                .build();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
