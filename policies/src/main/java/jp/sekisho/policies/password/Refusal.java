package jp.sekisho.policies.password;

import java.util.OptionalInt;

/**
 * Why a password is refused, and the number that its words name.
 *
 * @param number of characters, where the fault is one of length
 */
public record Refusal(Fault fault, OptionalInt number) {

    static Refusal of(Fault fault) {
        return new Refusal(fault, OptionalInt.empty());
    }

    static Refusal of(Fault fault, int number) {
        return new Refusal(fault, OptionalInt.of(number));
    }
}
