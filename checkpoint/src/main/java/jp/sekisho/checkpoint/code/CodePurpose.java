package jp.sekisho.checkpoint.code;

import java.util.Optional;
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
    IDENTITY_LINK("link", "sekisho-link-code", Operation.CREDENTIAL_CHANGE, false),
    /** What is typed besides a trading password, to confirm an operation. */
    CONFIRMATION("confirmation", "sekisho-confirmation-code");

    private final String word;
    private final String credential;
    private final Optional<Operation> operation;
    private final boolean secondFactor;

    CodePurpose(String word, String credential, Operation operation, boolean secondFactor) {
        this.word = word;
        this.credential = credential;
        this.operation = Optional.of(operation);
        this.secondFactor = secondFactor;
    }

    /** For one of several operations, and always after something else. */
    CodePurpose(String word, String credential) {
        this.word = word;
        this.credential = credential;
        this.operation = Optional.empty();
        this.secondFactor = true;
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

    /** Which is tried; empty where whoever asks says it. */
    Optional<Operation> operation() {
        return operation;
    }

    boolean secondFactor() {
        return secondFactor;
    }
}
