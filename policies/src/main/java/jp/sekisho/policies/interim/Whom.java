package jp.sekisho.policies.interim;

/** Whom a stage of the migration is about. A second factor is an authenticator app. */
public enum Whom {
    EVERYBODY,
    WITHOUT_SECOND_FACTOR,
    WITH_SECOND_FACTOR;

    boolean includes(boolean secondFactor) {
        return this == EVERYBODY || secondFactor == (this == WITH_SECOND_FACTOR);
    }
}
