package jp.sekisho.endpoints.caller;

import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.endpoints.problem.Problem;

/** What deals with sealed values. */
// FFAJ-2.2-S1
public final class Sealed {

    private Sealed() {}

    /** The answer, or its refusal where there is no key for the values. */
    public static Response withKey(Supplier<Response> work) {
        try {
            return work.get();
        } catch (NoKeyException refused) {
            return Problem.unavailable("no-key", refused.getMessage());
        }
    }
}
