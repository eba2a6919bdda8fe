package jp.sekisho.storage.operation;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.schema.Row;

/**
 * An operation of a trading app: the one truth of what is shown, signed, told and done.
 *
 * @param id random
 * @param state as the row has it; what is beyond its time is not written down: see {@link #state(Instant)}
 * @param permit keyed hash by which it stands as it does: who only writes rows cannot make it; empty where nothing is done any
 *     more
 */
public record StoredOperation(
        String id,
        String realmId,
        Asked asked,
        Whose whose,
        What what,
        Decided decided,
        State state,
        Times times,
        Optional<String> permit) {

    /**
     * Who asked.
     *
     * @param clientId the app's
     * @param requestId the app's own, once for each operation
     * @param hash SHA-256 of what it asked: what makes it the same
     */
    public record Asked(String clientId, String requestId, String hash) {}

    /**
     * Whose it is.
     *
     * @param customer pseudonym
     */
    public record Whose(String customer, String userId, String sessionId) {}

    /**
     * What it is about.
     *
     * @param content canonical JSON, sealed
     * @param digest SHA-256 of that JSON, hexadecimal
     * @param sums what of it is compared with what the customer does later
     * @param payee keyed hash of the bank account
     */
    public record What(
            Operation type, String content, String digest, boolean wayOut, Sums sums, Optional<String> payee) {}

    /**
     * How much of what, without opening the content. By an order that is taken back nothing moves, whatever the app says of it.
     *
     * @param holdingsShare of all that the customer held, how much an order sold
     */
    public record Sums(
            Optional<Money> amount,
            Optional<String> instrument,
            Optional<Side> side,
            Optional<PositionEffect> positionEffect,
            Optional<BigDecimal> quantity,
            Optional<BigDecimal> holdingsShare) {

        /** However it was written: a row and its content have the same. */
        public Sums {
            amount = amount.map(Sums::plain);
            quantity = quantity.map(Sums::plain);
            holdingsShare = holdingsShare.map(Sums::plain);
        }

        /** What {@link #read} reads, of {@code o}. */
        static final String COLUMNS =
                "o.AMOUNT, o.CURRENCY, o.INSTRUMENT, o.SIDE, o.POSITION_EFFECT, o.QUANTITY, o.HOLDINGS_SHARE";

        private static final Sums NONE = new Sums(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        public static Sums of(Details details) {
            return details.action() == Action.CANCEL ? NONE : placed(details);
        }

        private static Sums placed(Details details) {
            return new Sums(
                    details.amount(),
                    details.instrument(),
                    details.side(),
                    details.positionEffect(),
                    details.quantity(),
                    details.holdingsShare());
        }

        static Sums read(Row row) throws SQLException {
            return new Sums(
                    money(row.decimal(), row.text()),
                    Optional.ofNullable(row.text()),
                    Optional.ofNullable(row.text()).map(Side::valueOf),
                    Optional.ofNullable(row.text()).map(PositionEffect::valueOf),
                    Optional.ofNullable(row.decimal()),
                    Optional.ofNullable(row.decimal()));
        }

        private static Optional<Money> money(BigDecimal value, String code) {
            return Optional.ofNullable(value).map(known -> {
                Currency currency = Currency.getInstance(code);
                return new Money(known.setScale(places(currency)), currency);
            });
        }

        private static Money plain(Money money) {
            int places = places(money.currency());
            return money.value().scale() == places
                    ? money
                    : new Money(money.value().setScale(places), money.currency());
        }

        private static int places(Currency currency) {
            return Math.max(0, currency.getDefaultFractionDigits());
        }

        private static BigDecimal plain(BigDecimal number) {
            BigDecimal stripped = number.stripTrailingZeros();
            return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        }
    }

    /**
     * What a customer did before.
     *
     * @param confirmed whether he confirmed it
     */
    public record Done(
            Operation type, Instant at, boolean wayOut, boolean confirmed, Sums sums, Optional<String> payee) {}

    /**
     * What was decided last.
     *
     * @param decisionId in the evidence log
     * @param holdUntil from when on one that is held is decided again; empty where nobody knows
     * @param reasons codes of the risk
     */
    public record Decided(
            String decisionId,
            Outcome outcome,
            Requirement requirement,
            Optional<Cause> cause,
            Optional<Instant> holdUntil,
            Level level,
            double score,
            List<String> reasons,
            String policyVersion) {

        public Decided {
            reasons = List.copyOf(reasons);
        }

        /** The same, but decided again from then on. */
        public Decided heldUntil(Instant until) {
            return new Decided(
                    decisionId, outcome, requirement, cause, Optional.of(until), level, score, reasons, policyVersion);
        }
    }

    /**
     * When.
     *
     * @param expiresAt from when on it cannot go on
     * @param confirmedBy the factor that the customer confirmed it with
     * @param windowUntil until when the customer confirmed that he trades in its session
     * @param issuedAt when a token said that he confirmed it
     * @param disownedAt when the session that it came from turned out not to be the customer's
     */
    public record Times(
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> confirmedAt,
            Optional<String> confirmedBy,
            Optional<Instant> windowUntil,
            Optional<Instant> issuedAt,
            Optional<Instant> redeemedAt,
            Optional<Instant> endedAt,
            Optional<Instant> disownedAt) {

        public static Times begin(Instant createdAt, Instant expiresAt) {
            return new Times(
                    createdAt,
                    expiresAt,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /** Where it stands now. */
    public State state(Instant now) {
        return now.isBefore(times.expiresAt())
                ? state
                : state.after(Move.EXPIRE).orElse(state);
    }
}
