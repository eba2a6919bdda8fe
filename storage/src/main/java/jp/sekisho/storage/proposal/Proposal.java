package jp.sekisho.storage.proposal;

import java.time.Instant;

/**
 * What one officer wants and another one has to approve.
 *
 * @param id random; who approves names it, and so approves what he saw
 * @param content what is wanted, as JSON
 * @param by the officer's user id
 */
public record Proposal(String id, String realmId, Kind kind, String content, String reason, String by, Instant at) {

    /** Stored by name: never rename. */
    public enum Kind {
        /** A policy that is lower than the one in force. */
        POLICY,
        /** Access rules that one does not make alone. */
        ACCESS_RULES,
        /** The end of an access rule. */
        ACCESS_RULE_END,
        /** A letter with a one-time code to an officer or administrator. */
        POSTAL_CODE,
        /** An identity record of an officer or administrator. */
        IDENTITY,
        /** The freeze of an officer or administrator. */
        FREEZE,
        /** The same, of whom a login was not. */
        DISOWN,
        /** That a device or source is hostile to an officer or administrator no more. */
        MARK_LIFT,
        /** That an operation of an officer or administrator goes on which waited for somebody to look at the account. */
        OPERATION_RELEASE
    }
}
