package jp.sekisho.checkpoint.code;

import jp.sekisho.policies.operation.Operation;

/** What a code by mail is for. Words and names of counters are in messages and records for ever. */
public enum CodePurpose {
    /** The second step of a login: the first factor was right already. */
    LOGIN("login", "sekisho-mail-code", Operation.LOGIN, true),
    /** Nothing was shown before it. */
    PASSWORD_RESET("reset", "sekisho-reset-code", Operation.CREDENTIAL_CHANGE, false),
    /** That a new address is the customer's. */
    ADDRESS("address", "sekisho-address-code", Operation.PROFILE_CHANGE, false),
    /** That who comes from an identity provider for the first time has the mail of the customer whom it names. */
    IDENTITY_LINK("link", "sekisho-link-code", Operation.CREDENTIAL_CHANGE, false);

    private final String word;
    private final String credential;
    private final Operation operation;
    private final boolean secondFactor;

    CodePurpose(String word, String credential, Operation operation, boolean secondFactor) {
        this.word = word;
        this.credential = credential;
        this.operation = operation;
        this.secondFactor = secondFactor;
    }

    /** As the keys of its messages have it. */
    public String word() {
        return word;
    }

    /** Under which its tries are counted. */
    public String credential() {
        return credential;
    }

    String mails() {
        return credential + "-sent";
    }

    Operation operation() {
        return operation;
    }

    boolean secondFactor() {
        return secondFactor;
    }
}
