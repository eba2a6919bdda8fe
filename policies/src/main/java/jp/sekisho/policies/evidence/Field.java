package jp.sekisho.policies.evidence;

import java.util.Optional;
import java.util.function.Function;

/**
 * A piece of evidence and whether it is there.
 *
 * <p>{@link Withheld} is what this channel normally has and this request did not bring: it weighs at least what a
 * never-seen average value would. {@link NotCollected} is what the channel cannot have: it weighs nothing and is listed.
 */
public sealed interface Field<T> {

    record Present<T>(T value) implements Field<T> {
        public Present {
            java.util.Objects.requireNonNull(value);
        }
    }

    record Withheld<T>() implements Field<T> {}

    record NotCollected<T>() implements Field<T> {}

    static <T> Field<T> of(T value) {
        return new Present<>(value);
    }

    static <T> Field<T> withheld() {
        return new Withheld<>();
    }

    static <T> Field<T> notCollected() {
        return new NotCollected<>();
    }

    default Optional<T> present() {
        return this instanceof Present<T> present ? Optional.of(present.value()) : Optional.empty();
    }

    /** The same field of a derived value; what is missing stays missing in the same way. */
    default <R> Field<R> map(Function<? super T, ? extends R> derive) {
        if (this instanceof Present<T> present) {
            return new Present<>(derive.apply(present.value()));
        }
        return this instanceof Withheld<T> ? withheld() : notCollected();
    }

    /** The field that follows from the value; what is missing stays missing in the same way. */
    default <R> Field<R> flatMap(Function<? super T, Field<R>> derive) {
        if (this instanceof Present<T> present) {
            return derive.apply(present.value());
        }
        return this instanceof Withheld<T> ? withheld() : notCollected();
    }
}
