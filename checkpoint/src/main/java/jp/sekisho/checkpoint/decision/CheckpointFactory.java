package jp.sekisho.checkpoint.decision;

import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.provider.ProviderFactory;

/**
 * Makes the decision service of a session. One for all doors and operations, shipped as {@link DefaultCheckpointFactory};
 * a realm without a {@link RealmPolicy} has nothing decided.
 */
public interface CheckpointFactory extends ProviderFactory<Checkpoint> {}
