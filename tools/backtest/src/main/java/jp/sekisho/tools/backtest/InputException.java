package jp.sekisho.tools.backtest;

/** The file cannot be read as a list of logins; the message says where and why. */
final class InputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InputException(String message) {
        super(message);
    }
}
