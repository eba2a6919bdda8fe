package jp.sekisho.demo.stage;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Tells what is being done and how long it took. */
final class Progress {

    private final PrintStream out;

    Progress(PrintStream out) {
        this.out = out;
    }

    <T> T step(String what, Callable<T> work) throws Exception {
        out.printf("  %-58s", what + " …");
        out.flush();
        Instant begun = Instant.now();
        try {
            T result = work.call();
            out.printf(" %4.1f s%n", Duration.between(begun, Instant.now()).toMillis() / 1000.0);
            return result;
        } catch (Exception e) {
            out.println(" failed");
            throw e;
        }
    }
}
