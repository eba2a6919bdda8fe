package jp.sekisho.realmconfig.server;

/** The server could not be reached or did not do what was asked; the message is a sentence for the operator. */
public final class ServerRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerRefused(String sentence) {
        super(sentence);
    }

    public ServerRefused(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
