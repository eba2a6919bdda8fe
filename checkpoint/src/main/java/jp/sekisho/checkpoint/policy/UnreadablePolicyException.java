package jp.sekisho.checkpoint.policy;

/** A policy component that cannot be obeyed. The message names the key and is fit for an administrator. */
public final class UnreadablePolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadablePolicyException(String key, String problem) {
        super("sekisho-policy: " + key + " " + problem);
    }
}
