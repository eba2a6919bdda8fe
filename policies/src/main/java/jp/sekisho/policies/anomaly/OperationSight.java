package jp.sekisho.policies.anomaly;

import java.time.Instant;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SessionSignals;

/**
 * What is known at the moment of an operation of a trading app.
 *
 * @param operation what the customer wants to do
 * @param at the database's clock
 * @param details what the app says of it
 * @param session which session it comes from
 * @param signals what the app's pages noticed in it; not collected of an app that has none
 */
public record OperationSight(
        Operation operation, Instant at, Details details, Field<SessionSight> session, Field<SessionSignals> signals) {}
