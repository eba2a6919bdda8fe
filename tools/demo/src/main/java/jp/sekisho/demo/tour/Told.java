package jp.sekisho.demo.tour;

/** The story did not go as it is told. */
final class Told extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Told(String message) {
        super(message);
    }

    static void that(boolean asTold, String what, Object seen) {
        if (!asTold) {
            throw new Told("Told: " + what + "\nSeen: " + seen);
        }
    }
}
