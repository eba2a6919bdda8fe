package jp.sekisho.checkpoint.geo;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Geo look-up; server options start with {@code spi-sekisho-geo--}. */
public final class GeoSpi implements Spi {

    public static final String NAME = "sekisho-geo";

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
        return GeoProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature is Keycloak's
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return GeoProviderFactory.class;
    }
}
