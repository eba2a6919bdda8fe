package jp.sekisho.stack.process;

/** A process ended or hung where it should have worked; the message carries the end of its log. */
public final class ProcessFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ProcessFailed(String what, LoggedProcess process) {
        super(what + "; the end of " + process.log() + ":\n" + process.tail());
    }
}
