package jp.sekisho.policies.interim;

/**
 * A customer as he stands.
 *
 * @param totp whether he holds an authenticator app
 */
public record Facts(Passkey passkey, boolean totp, OnFile onFile) {

    /** What he holds. */
    public enum Passkey {
        NONE,
        /** None but provisional ones, which may be a stranger's. */
        PROVISIONAL,
        HELD
    }

    boolean holds(AlternativeMfa mfa) {
        return switch (mfa) {
            case TOTP -> totp;
        };
    }
}
