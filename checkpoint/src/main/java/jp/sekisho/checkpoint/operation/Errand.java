package jp.sekisho.checkpoint.operation;

import jp.sekisho.policies.operation.OperationPolicy;

/** What an app comes for. Each is counted apart, so that none uses up what another one needs. */
public enum Errand {
    /** It asks about what opens, or moves money; how often in all is counted over all nodes. */
    OPENING(Integer.MAX_VALUE, 1),
    /** It asks about what closes or cancels: who opens too much gets out all the same. */
    WAY_OUT(Integer.MAX_VALUE, 1),
    /** It redeems what it asked about, tells the result or looks at it: one of each, for all that may be asked. */
    FOLLOW_UP(3, 6),
    /** It says what it sees of a session. */
    REPORT(1, 1),
    /** It passes on what its page noticed. */
    SIGNALS(1, 1);

    private final int ofApp;
    private final int ofCustomer;

    /**
     * @param ofApp how many times what the app may ask in a minute
     * @param ofCustomer how many times what it may ask about one customer
     */
    Errand(int ofApp, int ofCustomer) {
        this.ofApp = ofApp;
        this.ofCustomer = ofCustomer;
    }

    /** Whether it names customers to whom nothing binds the app yet. */
    boolean asks() {
        return this == OPENING || this == WAY_OUT;
    }

    /** How often an app comes for it in a minute, on one node. */
    int ofApp(OperationPolicy rules) {
        return product(ofApp, rules.requestsPerMinute());
    }

    /** How often of them for one customer. */
    int ofCustomer(OperationPolicy rules) {
        return product(ofCustomer, rules.requestsPerCustomer());
    }

    private static int product(int times, int number) {
        return (int) Math.min(Integer.MAX_VALUE, (long) times * number);
    }
}
