package jp.sekisho.policies.risk;

/**
 * One judgement on a piece of evidence.
 *
 * @param reason why
 * @param block the block it belongs to
 * @param nats its weight in log-odds; above zero speaks for a stranger
 */
public record Signal(Reason reason, Block block, double nats) {

    public enum Block {
        PLACE,
        CLIENT,
        DEVICE,
        /** How much moves. */
        MONEY,
        /** Where it goes. */
        PAYEE,
        /** What of the customer changed lately. */
        CHANGES,
        /** What is traded. */
        MARKET,
        /** How it was put in. */
        CONDUCT,
        /** From which session. */
        SESSION,
        RULE
    }
}
