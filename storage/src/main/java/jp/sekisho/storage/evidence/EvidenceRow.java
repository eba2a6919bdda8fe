package jp.sekisho.storage.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * One record of the evidence log.
 *
 * @param id random
 * @param realmId the realm
 * @param kind {@link Kind#DECISION}, or a later fact about one
 * @param decisionId the decision that a fact is about; empty for a decision
 * @param at the database's clock
 * @param index what the record is found by
 * @param content the whole record as canonical JSON
 */
public record EvidenceRow(
        String id, String realmId, Kind kind, Optional<String> decisionId, Instant at, Index index, String content) {

    /** The version of the row's format, written with each row. */
    public static final int FORMAT = 1;

    public enum Kind {
        DECISION,
        /** How it ended: admitted, failed, refused, abandoned. */
        RESULT,
        NOTICE,
        LOCK,
        UNLOCK,
        DISOWNED,
        /** What a disowned login had taught is taken back, or was never learned. */
        UNLEARNED,
        /** Operations of a customer are refused until officers thaw. */
        FREEZE,
        THAW_PROPOSED,
        /** Another officer approved; all that the customer had is taken from him until he binds anew. */
        THAW_APPROVED,
        THAW,
        /** A device or source is hostile to a customer no more: an officer said so, or he came back on it after a thaw. */
        MARK_LIFTED,
        /** For the desk to look at. */
        ALERT,
        /** A passkey was enrolled: with its facts, and until when it is provisional. */
        PASSKEY_ENROLLED,
        /** A provisional passkey was ended before it counted. */
        PASSKEY_STOPPED,
        /** Means were shown in place of a lost passkey: which ones. */
        RECOVERY,
        /** Rows that the retention job deleted, or a customer's state that went with the user. */
        DELETION,
        /** A customer's identity was verified, or a one-time code for it was issued, tried or used. */
        IDENTITY,
        /** An exemption from passkeys was proposed, withdrawn, granted, ended, or came to its end. */
        EXEMPTION,
        /** A customer put off registering a passkey. */
        POSTPONEMENT,
        /** An access rule was made or ended. */
        ACCESS_RULE,
        /** Something that needs two officers was proposed, approved or withdrawn. */
        PROPOSAL,
        /** A session came back and was judged again. */
        SESSION,
        /** A customer is remembered on a device no more: he said so. */
        DEVICE_REMOVED,
        /** A customer changed his own limits. */
        LIMITS_CHANGED,
        /** A customer took a bank account off his own. */
        PAYEE_REMOVED,
        /** Bank accounts that the firm knew were brought: by whom, and how many. */
        PAYEES_IMPORTED
    }

    /** All optional: a fact has only what it knows. Names as the columns. */
    public record Index(
            Optional<String> customer,
            Optional<String> clientId,
            Optional<String> sessionId,
            Optional<String> operation,
            Optional<String> address,
            Optional<String> prefix,
            Optional<String> source,
            Optional<Long> asn,
            Optional<String> country,
            Optional<String> deviceId,
            Optional<String> outcome,
            Optional<String> level,
            Optional<String> result,
            Optional<String> policyVersion) {

        /** Of a fact that no request is part of. */
        public static Index of(
                Optional<String> customer,
                Optional<String> operation,
                Optional<String> result,
                Optional<String> policyVersion) {
            return new Index(
                    customer,
                    Optional.empty(),
                    Optional.empty(),
                    operation,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    result,
                    policyVersion);
        }
    }
}
