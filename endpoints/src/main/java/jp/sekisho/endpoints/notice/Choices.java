package jp.sekisho.endpoints.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.notice.NoticeChoices;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Notice;

/** Which notices a customer wants. */
// FFAJ-1.2-S2
public final class Choices {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignedIn signedIn;

    public Choices(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** Which notices the customer gets, by code: {@code {"login": {"wanted": true, "mayChoose": true}, …}}. */
    public Response choices() {
        return signedIn.forCustomer(this::view);
    }

    /**
     * Switches notices on or off. Off only who showed himself lately: a stolen session would be silent otherwise.
     *
     * @param body {@code {"login": false}}
     * @return the same as {@link #choices()}; 400 for what is no choice, 403 in a session that is held, and where the customer must show himself again
     */
    public Response choose(String body) {
        return signedIn.forSettings(customer -> {
            NoticeChoices allowed = allowed(customer);
            Optional<Map<Notice, Boolean>> choices = choices(body, allowed);
            if (choices.isEmpty()) {
                return Problem.badRequest(
                        "notices",
                        "A JSON object is required: codes of notices that may be chosen, each true or false.");
            }
            boolean silenced = choices.get().entrySet().stream()
                    .anyMatch(choice -> !choice.getValue() && allowed.wanted(customer.pseudonym(), choice.getKey()));
            if (silenced && !customer.fresh()) {
                return Problem.stepUpRequired(StepUp.USUAL.acr());
            }
            choices.get()
                    .forEach((notice, wanted) ->
                            allowed.choose(customer.realm().getId(), customer.pseudonym(), notice, wanted));
            return view(customer);
        });
    }

    private NoticeChoices allowed(Customer customer) {
        return NoticeChoices.of(signedIn.session(), customer.policy());
    }

    private Response view(Customer customer) {
        NoticeChoices choices = allowed(customer);
        Map<String, Map<String, Boolean>> view = new TreeMap<>();
        for (Notice notice : Notice.values()) {
            if (notice.desk()) {
                continue;
            }
            view.put(
                    notice.code(),
                    Map.of(
                            "wanted", choices.wanted(customer.pseudonym(), notice),
                            "mayChoose", choices.mayChoose(notice)));
        }
        return Response.ok(view, MediaType.APPLICATION_JSON_TYPE).build();
    }

    private static Optional<Map<Notice, Boolean>> choices(String body, NoticeChoices allowed) {
        JsonNode document;
        try {
            document = JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (!document.isObject() || document.isEmpty()) {
            return Optional.empty();
        }
        Map<Notice, Boolean> choices = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            Optional<Notice> notice = Notice.ofCode(entry.getKey()).filter(allowed::mayChoose);
            if (notice.isEmpty() || !entry.getValue().isBoolean()) {
                return Optional.empty();
            }
            choices.put(notice.get(), entry.getValue().booleanValue());
        }
        return Optional.of(choices);
    }
}
