package jp.sekisho.endpoints.operation;

import jakarta.ws.rs.core.Response;
import jp.sekisho.endpoints.problem.Problem;

/** What an app sent cannot be dealt with; the answer says why, and names no value. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Response answer;

    private Refusal(Response answer) {
        super(null, null, false, false);
        this.answer = answer;
    }

    public static Refusal unreadable(String pointer, String detail) {
        return new Refusal(Problem.unreadable(pointer, detail));
    }

    static Refusal senseless(String pointer, String detail) {
        return new Refusal(Problem.unprocessable("operation", pointer, detail));
    }

    static Refusal individualNumber() {
        return new Refusal(Problem.unprocessable(
                "individual-number",
                "",
                "A text holds, or looks like, an individual number (My Number), which must not be sent here."));
    }

    static Refusal tooLarge(int bytes) {
        return new Refusal(Problem.tooLarge("At most " + bytes + " bytes are read."));
    }

    static Refusal notJson() {
        return new Refusal(Problem.unsupported("application/json is required."));
    }

    public Response answer() {
        return answer;
    }
}
