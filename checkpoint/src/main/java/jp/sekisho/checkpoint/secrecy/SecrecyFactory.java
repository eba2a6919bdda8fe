package jp.sekisho.checkpoint.secrecy;

import org.keycloak.provider.ProviderFactory;

public interface SecrecyFactory extends ProviderFactory<Secrecy> {}
