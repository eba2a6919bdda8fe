package jp.sekisho.checkpoint.tradingpassword;

import jp.sekisho.policies.lockout.Attempt;
import org.keycloak.credential.CredentialInput;

/**
 * A trading password on its way to be evaluated. Only {@link TradingPasswords} makes one, once it was counted: what comes to
 * the credential's provider in any other shape is not looked at.
 */
// FFAJ-1.4-S5
public final class TradingPasswordTyped implements CredentialInput {

    private final String typed;

    TradingPasswordTyped(String typed) {
        this.typed = typed;
    }

    @Override
    public String getCredentialId() {
        return null;
    }

    @Override
    public String getType() {
        return Attempt.TRADING_PASSWORD;
    }

    @Override
    public String getChallengeResponse() {
        return typed;
    }
}
