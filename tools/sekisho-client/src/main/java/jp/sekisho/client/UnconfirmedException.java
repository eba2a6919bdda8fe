package jp.sekisho.client;

import java.util.Set;
import java.util.TreeSet;

/** A token does not confirm what the app is about to do. */
public final class UnconfirmedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Set<Confirmation.Rule> broken;

    UnconfirmedException(Set<Confirmation.Rule> broken) {
        super("The token does not confirm the operation: " + new TreeSet<>(broken));
        this.broken = Set.copyOf(broken);
    }

    public Set<Confirmation.Rule> broken() {
        return broken;
    }
}
