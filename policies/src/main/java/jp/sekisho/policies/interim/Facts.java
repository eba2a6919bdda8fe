package jp.sekisho.policies.interim;

/**
 * A customer as he stands.
 *
 * @param passkey whether he holds one
 * @param totp whether he holds an authenticator app
 */
public record Facts(boolean passkey, boolean totp, OnFile onFile) {

    boolean holds(AlternativeMfa mfa) {
        return switch (mfa) {
            case TOTP -> totp;
        };
    }
}
