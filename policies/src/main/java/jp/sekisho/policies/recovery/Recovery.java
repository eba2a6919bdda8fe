package jp.sekisho.policies.recovery;

import java.util.Collection;
import jp.sekisho.policies.recovery.RecoveryMeans.Source;

/** When a lost passkey may be replaced. */
// JP25-1, JP25-3: what is not phishing-resistant must not become so by the way round the loss.
public final class Recovery {

    private static final int NEEDED = 2;

    private Recovery() {}

    /** Two means from two sources; password, mail, SMS and one-time password are never one of them. */
    public static boolean enough(Collection<RecoveryMeans> shown) {
        long sources = shown.stream()
                .map(RecoveryMeans::source)
                .filter(source -> source != Source.PHISHED)
                .distinct()
                .count();
        return sources >= NEEDED;
    }
}
