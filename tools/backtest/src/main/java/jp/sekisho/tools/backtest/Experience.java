package jp.sekisho.tools.backtest;

/** How often the customer had logged in before. */
enum Experience {
    NONE("0"),
    FEW("1-2"),
    SOME("3-11"),
    MANY("12+");

    private final String label;

    Experience(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static Experience of(int earlierLogins) {
        if (earlierLogins == 0) {
            return NONE;
        }
        if (earlierLogins < 3) {
            return FEW;
        }
        return earlierLogins < 12 ? SOME : MANY;
    }
}
