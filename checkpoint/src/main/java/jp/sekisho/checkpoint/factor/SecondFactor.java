package jp.sekisho.checkpoint.factor;

import jp.sekisho.policies.factor.Factor;

/** What was typed besides a password of operations. It is looked at once both were counted, and not before. */
public interface SecondFactor {

    Factor factor();

    /** The type under which it is counted. */
    String credential();

    /** Looks at it, once. */
    boolean right();
}
