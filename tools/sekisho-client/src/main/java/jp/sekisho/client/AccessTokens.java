package jp.sekisho.client;

/** Access tokens of the app's own account, as the app's OAuth library gets them. */
@FunctionalInterface
public interface AccessTokens {

    /** @param renew whether the one that was given last is refused: a kept one does not serve */
    String token(boolean renew);
}
