package jp.sekisho.policies.anomaly;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;

/** Made-up customers and thieves: what they have done, before they do what a test says. */
final class Personas {

    static final String LARGE = "7203";
    static final long LARGE_TURNOVER = 90_000_000_000L;
    static final String THIN = "9999";
    static final long THIN_TURNOVER = 30_000_000L;

    private Personas() {}

    /** Saves each month, takes something out each month, to the account that he has had for years. */
    static Scene saver() {
        Scene scene = Scene.nobody().paidFor(Duration.ofDays(1200), 14, 0);
        long[] taken = {60_000, 80_000, 50_000, 120_000, 80_000, 60_000, 70_000, 100_000, 80_000, 50_000, 90_000, 80_000
        };
        for (int month = 1; month <= taken.length; month++) {
            scene = scene.did(
                            Operation.WITHDRAWAL,
                            Duration.ofDays(30L * month),
                            Scene.withdrawal(taken[month - 1], 2_000_000))
                    .did(
                            Operation.TRADE,
                            Duration.ofDays(30L * month + 3),
                            Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER));
        }
        return scene;
    }

    /** The same sum each two months, when the pension is paid. */
    static Scene pensioner() {
        Scene scene = Scene.nobody().paidFor(Duration.ofDays(4000), 40, 0);
        for (int payment = 1; payment <= 6; payment++) {
            scene = scene.did(
                    Operation.WITHDRAWAL, Duration.ofDays(61L * payment), Scene.withdrawal(150_000, 9_000_000));
        }
        return scene;
    }

    /** Ten orders in a minute, several times a day, of very different size. */
    static Scene dayTrader() {
        Scene scene = Scene.nobody().paidFor(Duration.ofDays(400), 9, 0);
        for (int order = 0; order < 200; order++) {
            Duration ago = Duration.ofDays(2 + order / 20).plusSeconds(600L * (order / 10) + order % 10 * 5L);
            long units = 100L * (1 + order * 7 % 30);
            scene = scene.did(Operation.TRADE, ago, order % 2 == 0 ? buys(units) : sells(units, "0.05"));
        }
        return scene;
    }

    private static Details buys(long units) {
        return Scene.order(Side.BUY, LARGE, units * 3000, units, LARGE_TURNOVER);
    }

    private static Details sells(long units, String share) {
        return Scene.say(said -> said.share(Optional.of(new BigDecimal(share))))
                .apply(Scene.order(Side.SELL, LARGE, units * 3000, units, LARGE_TURNOVER));
    }

    /** Has just opened the account. */
    static Scene newcomer() {
        return Scene.nobody().paidFor(Duration.ofDays(30), 0, 0).changed(Change.DEVICE, Duration.ofDays(30));
    }

    /** A saver's account in the hands of who phished him an hour ago. */
    static Scene thief() {
        return saver().changed(Change.DEVICE, Duration.ofMinutes(50))
                .payee(KnownPayee.NOT_HIS)
                .session(false, false, Duration.ofMinutes(1));
    }

    /** The thief of 2025: sells all that is there, and pushes a small name with it. By a script. */
    static Scene thiefOf2025() {
        return saver().did(Operation.TRADE, Duration.ofMinutes(4), Scene.saleOf("0.6", 900_000))
                .did(Operation.TRADE, Duration.ofMinutes(3), Scene.saleOf("1", 600_000))
                .signals(Field.of(new SessionSignals(Set.of(), 40, 0, 0, 5, Set.of(Finding.Kind.WEBDRIVER), 0)));
    }

    /** Who took over a session with its cookies, and nothing else. */
    static Scene cookieThief() {
        return saver().session(true, true, Duration.ofMinutes(20));
    }

    /** Whose pages were never shown: requests alone. */
    static SessionSignals withoutPages() {
        return new SessionSignals(Set.of(), 3, 1, 0, 0, Set.of(), 0);
    }

    static List<Scene> honest() {
        return List.of(
                saver().withdraws(80_000, 2_000_000),
                saver().withdraws(150_000, 2_000_000),
                saver().wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 50_000, 20, LARGE_TURNOVER)),
                saver().wants(Operation.TRADE, Scene.order(Side.BUY, "6758", 60_000, 20, LARGE_TURNOVER)),
                dayTrader()
                        .did(Operation.TRADE, Duration.ofHours(1), sells(2000, "1"))
                        .wants(Operation.TRADE, buys(1000)),
                pensioner().withdraws(150_000, 9_000_000),
                pensioner().withdraws(200_000, 9_000_000),
                pensioner().session(false, true, Duration.ofMinutes(10)).withdraws(150_000, 9_000_000),
                dayTrader().wants(Operation.TRADE, Scene.order(Side.BUY, LARGE, 6_000_000, 2000, LARGE_TURNOVER)),
                dayTrader().wants(Operation.TRADE, Scene.order(Side.BUY, "6758", 900_000, 300, LARGE_TURNOVER)));
    }
}
