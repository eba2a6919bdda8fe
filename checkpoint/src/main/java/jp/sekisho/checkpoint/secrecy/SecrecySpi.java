package jp.sekisho.checkpoint.secrecy;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Encryption of personal values at rest; server options start with {@code spi-sekisho-secrecy--}. */
public final class SecrecySpi implements Spi {

    public static final String NAME = "sekisho-secrecy";

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return Secrecy.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return SecrecyFactory.class;
    }
}
