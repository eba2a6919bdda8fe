package jp.sekisho.checkpoint.decision;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI of the decision service: the doors ask the session for it. */
public final class CheckpointSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "sekisho-checkpoint";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Checkpoint.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return CheckpointFactory.class;
    }
}
