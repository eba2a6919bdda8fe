package jp.sekisho.stack.net;

/** A port that we were told to use is in use; the message is meant for the person who started us. */
public final class PortTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTaken(int port, String use, String setting) {
        super("Port %d (%s) is taken by another program. Stop that program, or choose another port: %s=<port>"
                .formatted(port, use, setting));
    }
}
