package jp.sekisho.tradingapp.sessions;

/** Whether a customer may go on as he is seen now: the identity provider decides. */
@FunctionalInterface
public interface SessionReports {

    enum Standing {
        GOES_ON,
        OVER,
        /** Nobody could be asked. */
        UNKNOWN
    }

    Standing report(Sighting sighting);
}
