package jp.sekisho.policies.notice;

import java.util.Optional;
import java.util.stream.Stream;

/** What a customer is told about. Codes are in records and message keys for ever. */
// FFAJ-1.2-S2, JP25-9
public enum Notice {
    LOGIN("login", false),
    NEW_DEVICE("new-device", false),
    STEP_UP_PASSED("step-up-passed", false),
    LOGIN_REFUSED("login-refused", false),
    STRANGER_LOCK("stranger-lock", true),
    LOCK("lock", true),
    /** Wrong trading passwords stopped something other than logins; says what. */
    // FFAJ-1.3-B3, FFAJ-1.4-S5
    OPERATION_LOCK("operation-lock", true),
    UNLOCK("unlock", true),
    DEVICE_TOKEN_REUSED("device-token-reused", true),
    PASSWORD_CHANGED("password-changed", true),
    AUTHENTICATOR_CHANGED("authenticator-changed", true),
    /** A passkey was enrolled; says until when it is provisional. */
    PASSKEY_ENROLLED("passkey-enrolled", true),
    /** Told to the old address first, which goes on to be told for a time, and to the new one. */
    EMAIL_CHANGED("email-changed", true),
    /** Name, telephone number, postal address and the like; says which, not what. */
    PROFILE_CHANGED("profile-changed", true),
    ADDRESS_ADDED("address-added", true),
    ADDRESS_REMOVED("address-removed", true),
    /** An administrator asks the customer to do something at his next login. */
    ACTIONS_ASKED("actions-asked", true),
    /** An administrator offers a verifiable credential, which is shown at the customer's next login. */
    CREDENTIAL_OFFERED("credential-offered", true),
    /** Two independent means were shown in place of a lost passkey. */
    PASSKEY_RECOVERED("passkey-recovered", true),
    /** How many notices of which kind were held back, once an hour: a flood shortens notices, it never swallows them. */
    HELD_BACK("held-back", true),
    IDENTITY_VERIFIED("identity-verified", true),
    POSTAL_CODE_ISSUED("postal-code-issued", true),
    EXEMPTION_GRANTED("exemption-granted", true),
    EXEMPTION_ENDED("exemption-ended", true),
    /** From where the customer can log in was changed, by himself or by an officer. */
    ACCESS_RULES_CHANGED("access-rules-changed", true),
    /** The customer's own limits: stricter at once, or looser after a wait, which it says. */
    LIMITS_TIGHTENED("limits-tightened", true),
    LIMITS_LOOSENED("limits-loosened", true),
    FROZEN("frozen", true),
    THAW_PROPOSED("thaw-proposed", true),
    /** Everything that the customer had serves no more; a code that he gets by post or at a branch lets him bind anew. */
    THAW_APPROVED("thaw-approved", true),
    THAWED("thawed", true),
    /** An app did what a customer ordered. */
    TRADED("traded", false),
    WITHDRAWN("withdrawn", false),
    /** An order far from what the customer does was asked about; one for each instrument, however often it is. */
    // FFAJ-1.4-S4, JP25-9
    UNUSUAL_ORDER("unusual-order", true),
    /** A bank account was registered or changed: told to old and new addresses. */
    BANK_ACCOUNT_CHANGED("bank-account-changed", true),
    /** The customer took it off his own. */
    BANK_ACCOUNT_REMOVED("bank-account-removed", true),
    /** Something that moves money waits; until then the customer can stop it. No flood of others hides it. */
    OPERATION_HELD("operation-held", true),
    /** The customer was shown something that he did not order: it is void, and he is contained. */
    NOT_ORDERED("not-ordered", true),
    /** For the desk: whose bank account it is that is to be registered, somebody must look at. */
    PAYEE_DOUBTFUL("payee-doubtful", true, true),
    /** For the desk: the row of an operation was changed behind the checkpoint's back. */
    OPERATION_TAMPERED("operation-tampered", true, true),
    /** For the desk: a customer was shown an operation that he did not order, and is contained. */
    OPERATION_DISOWNED("operation-disowned", true, true),
    /** For the desk: a customer said that a login was not his. */
    CONTAINED("contained", true, true),
    /** For the desk: an administrator enabled a frozen customer, which thaws nobody. */
    FREEZE_BYPASSED("freeze-bypassed", true, true),
    /** For the desk: somebody froze while a thaw was under way, which has to begin anew. */
    THAW_WITHDRAWN("thaw-withdrawn", true, true),
    /** For the desk, about nobody: which flows let somebody past the checkpoint has changed. */
    UNGUARDED_FLOWS("unguarded-flows", true, true),
    /** For the desk, about nobody: so many wrong stop codes were typed that somebody may be guessing. */
    STOP_CODES_TRIED("stop-codes-tried", true, true),
    /** For the desk, about nobody: the same of codes of letters. */
    LETTERS_TRIED("letters-tried", true, true),
    /** For the desk, about nobody: what needs two officers was proposed, approved or withdrawn. */
    PROPOSAL("proposal", true, true);

    private final String code;
    private final boolean vital;
    private final boolean desk;

    Notice(String code, boolean vital) {
        this(code, vital, false);
    }

    Notice(String code, boolean vital, boolean desk) {
        this.code = code;
        this.vital = vital;
        this.desk = desk;
    }

    public String code() {
        return code;
    }

    /**
     * Goes out at once however many went before. Only what cannot be repeated at a stranger's will is vital: a flood of
     * other notices must not hide it, and it must not be a flood itself. Nobody switches it off, neither customer nor policy.
     */
    public boolean vital() {
        return vital;
    }

    /** Not for the customer whom it is about, but for the firm's officers. */
    public boolean desk() {
        return desk;
    }

    public static Optional<Notice> ofCode(String code) {
        return Stream.of(values()).filter(notice -> notice.code.equals(code)).findFirst();
    }
}
