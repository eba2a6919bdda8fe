package jp.sekisho.policies.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules compiled while they are read: only a part of them waits uncompiled, so that a million take little more than their result. */
public final class Compiling {

    private static final int FEW = 10_000;

    /** Each time an eighth more: what is compiled is copied about nine times in all. */
    private static final int PARTS = 8;

    private final List<AccessRule> waiting = new ArrayList<>();
    private AccessRules compiled = AccessRules.NONE;
    private int count;

    public void add(AccessRule rule) {
        waiting.add(rule);
        if (waiting.size() >= Math.max(FEW, count / PARTS)) {
            compile();
        }
    }

    public AccessRules rules() {
        compile();
        return compiled;
    }

    private void compile() {
        compiled = compiled.with(Set.of(), waiting);
        count += waiting.size();
        waiting.clear();
    }
}
