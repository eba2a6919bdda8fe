package jp.sekisho.tools.backtest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Earlier;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Signal;

/**
 * What was decided, as the evidence log has it.
 *
 * @param profile by which
 * @param customer pseudonym
 * @param wayOut whether an order only took risk away
 * @param cause why an operation was held or denied, where it was not the risk alone
 * @param likeness of the operation to what the customer did before
 * @param windowOpen whether the customer had confirmed lately that he trades
 * @param own what the customer himself had set for such an operation
 * @param earlier what had been decided of the same operation before
 * @param enforced false in monitor mode, where nothing was asked
 */
record PastDecision(
        String id,
        Instant at,
        String profile,
        String customer,
        Operation operation,
        double score,
        Level level,
        List<Signal> signals,
        Outcome outcome,
        boolean wayOut,
        Optional<Cause> cause,
        Optional<Instant> holdUntil,
        Likeness likeness,
        boolean windowOpen,
        Say own,
        Earlier earlier,
        boolean enforced) {}
