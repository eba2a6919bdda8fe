package jp.sekisho.policies.freeze;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.operation.Operation;

/**
 * That a customer's operations are refused until officers have found out who he is. No timer ends it.
 *
 * @param id random
 * @param operation the one that is refused; empty for all of them
 * @param by who froze
 * @param at the database's clock
 * @param proposal that it ends, where an officer proposed so
 * @param approval of that, where another officer approved and the customer has still to bind a new credential: until then
 *     it refuses like any other
 * @param disabledBefore whether the user was disabled already, by somebody else: no thaw enables him
 */
// JP25-8
public record Freeze(
        String id,
        Optional<Operation> operation,
        By by,
        Instant at,
        Optional<Proposal> proposal,
        Optional<Approval> approval,
        boolean disabledBefore) {

    /** Stored by name: never rename, never reuse. */
    public enum By {
        /** Himself, signed in. */
        CUSTOMER,
        /** The code of a notice, without a login. */
        STOP_CODE,
        /** "This was not me". */
        CONTAINMENT,
        OFFICER
    }

    /**
     * That an officer proposed to thaw.
     *
     * @param officer user id
     * @param identityRecord the record of the renewed identity verification
     */
    public record Proposal(String officer, Instant at, String identityRecord) {}

    /**
     * That another officer approved to thaw, once the customer has bound a new credential.
     *
     * @param officer user id
     * @param at only a code that was made then or later lets the customer in
     */
    public record Approval(String officer, Instant at, Rebind rebind) {}

    /** Why a thaw does not go on. */
    public enum Refusal {
        /** Nobody verified the customer's identity since. */
        NO_IDENTITY_SINCE,
        NOT_PROPOSED,
        /** Who proposed does not approve, and nobody thaws himself. */
        SAME_PERSON
    }

    public Freeze approved(Approval by) {
        return new Freeze(id, operation, this.by, at, proposal, Optional.of(by), disabledBefore);
    }

    /**
     * Whether somebody else disabled the user before anything was frozen by which he is disabled.
     *
     * @param enabled as he is now
     * @param lasting all that last
     */
    public static boolean disabledBefore(boolean enabled, List<Freeze> lasting) {
        return !enabled
                && lasting.stream()
                        .filter(freeze -> freeze.covers(Operation.LOGIN))
                        .allMatch(Freeze::disabledBefore);
    }

    /**
     * The approval by which a customer may bind a new credential.
     *
     * @param freezes all that last
     * @return empty where anything that stands in the way of it is not approved
     */
    public static Optional<Approval> reopening(List<Freeze> freezes) {
        List<Freeze> inTheWay = freezes.stream()
                .filter(freeze -> freeze.covers(Operation.LOGIN) || freeze.covers(Operation.CREDENTIAL_CHANGE))
                .toList();
        return inTheWay.stream().allMatch(freeze -> freeze.approval().isPresent())
                ? inTheWay.stream()
                        .filter(freeze -> freeze.covers(Operation.LOGIN))
                        .flatMap(freeze -> freeze.approval().stream())
                        .findFirst()
                : Optional.empty();
    }

    /**
     * The approval by which the holder of a letter's code may bind a new credential.
     *
     * @param freezes all that last
     * @param madeAt when the code was made: one of before the approval may be in the wrong hands
     * @param approver who approved the letter, and was told its code: who proposed the thaw must never hold it
     */
    public static Optional<Approval> reopening(List<Freeze> freezes, Instant madeAt, Optional<String> approver) {
        boolean another = approver.filter(holder -> !proposed(freezes, holder)).isPresent();
        return reopening(freezes).filter(approval -> another && !madeAt.isBefore(approval.at()));
    }

    /** Whether it was this officer who proposed to thaw any of them. */
    public static boolean proposed(List<Freeze> freezes, String officer) {
        return freezes.stream()
                .flatMap(freeze -> freeze.proposal().stream())
                .anyMatch(proposal -> proposal.officer().equals(officer));
    }

    public boolean covers(Operation asked) {
        return operation.isEmpty() || operation.get() == asked;
    }

    /**
     * @param officer who proposes
     * @param customer user id of who is frozen
     * @param verifiedAt when the customer's identity was verified last
     */
    public Optional<Refusal> proposable(String officer, String customer, Optional<Instant> verifiedAt) {
        if (officer.equals(customer)) {
            return Optional.of(Refusal.SAME_PERSON);
        }
        return verifiedAt.filter(at::isBefore).isPresent() ? Optional.empty() : Optional.of(Refusal.NO_IDENTITY_SINCE);
    }

    /** @param approver who approves what another one proposed */
    public Optional<Refusal> approvable(String approver, String customer) {
        if (proposal.isEmpty()) {
            return Optional.of(Refusal.NOT_PROPOSED);
        }
        boolean alone =
                approver.equals(customer) || approver.equals(proposal.get().officer());
        return alone ? Optional.of(Refusal.SAME_PERSON) : Optional.empty();
    }
}
