package jp.sekisho.checkpoint.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Times;
import jp.sekisho.storage.operation.StoredOperation.What;
import jp.sekisho.storage.operation.StoredOperation.Whose;

/** Rows of 1,500,000 yen; held, where nothing else is said. */
final class Rows {

    static final Instant AT = Instant.parse("2026-11-29T09:00:00Z");

    private Rows() {}

    static StoredOperation row(String id, String client, String user, Operation type) {
        return decided(id, client, user, type, State.HELD, Optional.empty(), List.of());
    }

    static StoredOperation decided(State state, Optional<Cause> cause, List<String> reasons) {
        return decided("id", "app", "alice", Operation.WITHDRAWAL, state, cause, reasons);
    }

    private static StoredOperation decided(
            String id,
            String client,
            String user,
            Operation type,
            State state,
            Optional<Cause> cause,
            List<String> reasons) {
        return new StoredOperation(
                id,
                "realm",
                new Asked(client, "r1", "a".repeat(64)),
                new Whose("pseudonym", user, "session"),
                new What(
                        type,
                        "key:sealed",
                        "d".repeat(64),
                        false,
                        new Sums(
                                Optional.of(Money.of("1500000", "JPY")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty()),
                new Decided(
                        "decision",
                        Outcome.HOLD,
                        Requirement.PHISHING_RESISTANT,
                        cause,
                        Optional.empty(),
                        Level.LOW,
                        0,
                        reasons,
                        "jp-2025:test"),
                state,
                Times.begin(AT, AT.plus(Duration.ofHours(72))),
                Optional.empty());
    }

    /** The same row, but about that. */
    static StoredOperation about(StoredOperation row, boolean wayOut, Sums sums) {
        What what = row.what();
        return new StoredOperation(
                row.id(),
                row.realmId(),
                row.asked(),
                row.whose(),
                new What(what.type(), what.content(), what.digest(), wayOut, sums, what.payee()),
                row.decided(),
                row.state(),
                row.times(),
                row.permit());
    }
}
