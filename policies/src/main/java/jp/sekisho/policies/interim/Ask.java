package jp.sekisho.policies.interim;

/** What a stage of the migration asks, mildest first. */
public enum Ask {
    /** His own pages tell of the schedule; his login is not held up. */
    INVITE,
    /** He is asked at each login with a password, and may put it off a few times. Each time is counted. */
    POSTPONABLE,
    /** He is asked at each login with a password, and does not come in without. */
    REQUIRED,
    /** Passwords are taken no more. */
    CLOSED
}
