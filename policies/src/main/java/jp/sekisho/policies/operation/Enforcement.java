package jp.sekisho.policies.operation;

import java.util.Locale;

/** Whether what is decided of an operation is done. */
public enum Enforcement {
    ENFORCE,
    /** It is recorded, and the operation goes on. */
    MONITOR;

    /** As policies have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
