package jp.sekisho.checkpoint.policy;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of realm policies. */
public final class PolicySpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "sekisho-policy";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return PolicyProvider.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return PolicyProviderFactory.class;
    }
}
