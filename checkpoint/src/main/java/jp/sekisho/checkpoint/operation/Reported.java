package jp.sekisho.checkpoint.operation;

/** What an app hears that tells what became of an operation. */
public sealed interface Reported {

    /** As it stands by now. */
    Known known();

    /** Also where it told the same before. */
    record Told(Known known) implements Reported {}

    /** It cannot have. */
    record Impossible(Known known) implements Reported {}
}
