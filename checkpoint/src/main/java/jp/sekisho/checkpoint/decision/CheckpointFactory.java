package jp.sekisho.checkpoint.decision;

import org.keycloak.provider.ProviderFactory;

public interface CheckpointFactory extends ProviderFactory<Checkpoint> {}
