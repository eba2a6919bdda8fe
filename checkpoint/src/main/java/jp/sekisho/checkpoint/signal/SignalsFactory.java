package jp.sekisho.checkpoint.signal;

import org.keycloak.provider.ProviderFactory;

public interface SignalsFactory extends ProviderFactory<Signals> {}
