package jp.sekisho.tools.backtest;

/** Whose score. */
enum Model {
    SEKISHO("Sekisho"),
    FREEMAN("plain Freeman");

    private final String label;

    Model(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
