package jp.sekisho.checkpoint.policy;

import org.keycloak.provider.Provider;

/**
 * The realm's policy component. Keycloak takes a component's type from the name of its provider class, hence the type
 * {@code jp.sekisho.checkpoint.policy.PolicyProvider}.
 */
public interface PolicyProvider extends Provider {

    RealmPolicy policy();
}
