package jp.sekisho.endpoints.freeze;

import java.util.Arrays;
import java.util.Optional;
import jp.sekisho.policies.operation.Operation;

/** What is frozen, as callers name it: {@code ALL}, or one operation. */
final class Scope {

    private static final String ALL = "ALL";

    private Scope() {}

    /** @throws IllegalArgumentException for what is no scope */
    static Optional<Operation> of(String operation) {
        if (ALL.equals(operation)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(Operation.values())
                .filter(one -> one.name().equals(operation))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "operation: ALL or one of " + Arrays.toString(Operation.values()))));
    }

    static String name(Optional<Operation> operation) {
        return operation.map(Operation::name).orElse(ALL);
    }
}
