package jp.sekisho.policies.interim;

/** What an exempt customer shows besides his password, at each login. He must hold it, else his exemption serves nothing. */
// JP25-5
public enum AlternativeMfa {
    TOTP
}
