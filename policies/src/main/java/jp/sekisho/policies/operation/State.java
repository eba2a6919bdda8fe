package jp.sekisho.policies.operation;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Where an operation of a trading app stands. Names are in the table and in the API for ever. */
public enum State {
    PROPOSED,
    ALLOWED,
    /** The customer is to confirm what he sees. */
    STEP_UP,
    HELD,
    DENIED,
    CONFIRMED,
    /** Used up: the app may execute it, and nobody may again. */
    REDEEMED,
    EXECUTED,
    REJECTED,
    CANCELLED,
    EXPIRED,
    /** Taken back: it was changed, or the customer was contained. */
    VOIDED;

    /** What happens to an operation. */
    public enum Move {
        ALLOW,
        ASK,
        HOLD,
        DENY,
        CONFIRM,
        REDEEM,
        EXECUTE,
        REJECT,
        /** It is taken back, while nobody may execute it. */
        CANCEL,
        /** The app, and nobody else, says that it did not execute what it might have. */
        ABANDON,
        EXPIRE,
        VOID
    }

    private static final Map<Move, State> DECIDED =
            Map.of(Move.ALLOW, ALLOWED, Move.ASK, STEP_UP, Move.HOLD, HELD, Move.DENY, DENIED);

    private static final Map<Move, State> LEFT =
            Map.of(Move.CANCEL, CANCELLED, Move.EXPIRE, EXPIRED, Move.VOID, VOIDED);

    /** All that can happen, in one table: what is not here, cannot. */
    private static final Map<State, Map<Move, State>> TABLE = Map.of(
            PROPOSED, DECIDED,
            // Where much was redeemed since, it is decided again.
            ALLOWED, all(Map.of(Move.REDEEM, REDEEMED), DECIDED, LEFT),
            STEP_UP, all(Map.of(Move.CONFIRM, CONFIRMED), LEFT),
            CONFIRMED, all(Map.of(Move.REDEEM, REDEEMED), LEFT),
            // After its time it is decided again.
            HELD, all(DECIDED, LEFT),
            REDEEMED, Map.of(Move.EXECUTE, EXECUTED, Move.REJECT, REJECTED, Move.ABANDON, CANCELLED),
            // Of what was done all the same its customer hears, whatever was said of it before.
            REJECTED, Map.of(Move.EXECUTE, EXECUTED),
            CANCELLED, Map.of(Move.EXECUTE, EXECUTED));

    @SafeVarargs
    private static Map<Move, State> all(Map<Move, State>... moves) {
        Map<Move, State> all = new EnumMap<>(Move.class);
        for (Map<Move, State> some : moves) {
            all.putAll(some);
        }
        return all;
    }

    /** Where it stands after the move; empty where the move is not open to it. */
    public Optional<State> after(Move move) {
        return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(move));
    }

    /** The states in which a move is open: executed is of these only what was redeemed once. */
    public static Set<State> before(Move move) {
        return Arrays.stream(values())
                .filter(state -> state.after(move).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Where a move leads, from wherever it is open. */
    public static State to(Move move) {
        return before(move).iterator().next().after(move).orElseThrow();
    }
}
