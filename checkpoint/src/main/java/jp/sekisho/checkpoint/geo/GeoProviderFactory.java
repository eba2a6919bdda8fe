package jp.sekisho.checkpoint.geo;

import org.keycloak.provider.ProviderFactory;

/** Makes {@link GeoProvider}s. */
public interface GeoProviderFactory extends ProviderFactory<GeoProvider> {}
