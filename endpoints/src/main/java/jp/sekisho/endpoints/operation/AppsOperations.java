package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.operation.Arrived;
import jp.sekisho.checkpoint.operation.Busy;
import jp.sekisho.checkpoint.operation.Errand;
import jp.sekisho.checkpoint.operation.Known;
import jp.sekisho.checkpoint.operation.Operations;
import jp.sekisho.checkpoint.operation.Proposal;
import jp.sekisho.checkpoint.operation.Proposed;
import jp.sekisho.checkpoint.operation.Quota;
import jp.sekisho.checkpoint.operation.Redemption;
import jp.sekisho.checkpoint.operation.Reported;
import jp.sekisho.endpoints.caller.Apps;
import jp.sekisho.endpoints.caller.Apps.App;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import org.keycloak.models.UserSessionModel;

/** {@code …/sekisho/operations}: what a firm's apps ask before they move money. */
// FFAJ-1.3-B4, FFAJ-1.4-S2, FFAJ-3-S2
public final class AppsOperations {

    /** Of apps that ask about operations, and tell of signals. */
    public static final String ROLE = "evaluate-operations";

    private static final String READ_RISK = "read-risk";

    /** Of a client: the operations that it may ask about, by name. */
    private static final String TYPES = "sekisho.operations";

    private static final int LONGEST = 16 * 1024;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private static final Map<String, Move> RESULTS =
            Map.of("EXECUTED", Move.EXECUTE, "REJECTED", Move.REJECT, "CANCELLED", Move.CANCEL);

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Apps apps;
    private final Quota quota;

    public AppsOperations(Apps apps, Quota quota) {
        this.apps = apps;
        this.quota = quota;
    }

    @FunctionalInterface
    private interface Work {
        Response on(App app) throws Refusal;
    }

    private Response forApp(Work work) {
        return apps.forApp(
                ROLE,
                app -> Sealed.withKey(() -> {
                    try {
                        return work.on(app);
                    } catch (Refusal refused) {
                        return refused.answer();
                    }
                }));
    }

    /** Of what the app knows, and no other app. */
    @FunctionalInterface
    private interface Further {
        Response on(App app, Known known) throws Refusal;
    }

    /** However much is asked: what the app asked about goes on. */
    private Response forKnown(String id, Further work) {
        return forApp(app -> {
            Optional<Known> found = checkpoint(app).find(app.client(), id);
            if (found.isEmpty()) {
                return unknown();
            }
            String customer = found.get().operation().whose().userId();
            Optional<Busy> busy = quota.come(app.client(), rules(app), customer, Errand.FOLLOW_UP);
            return busy.isPresent() ? tooMany(busy.get()) : work.on(app, found.get());
        });
    }

    /** Whoever has to. */
    public static Response tooMany(Busy busy) {
        return switch (busy.limit()) {
            case REQUESTS -> Problem.tooMany("requests", busy.retryAfter(), "This app comes too often.");
            case CUSTOMERS -> Problem.tooMany("customers", busy.retryAfter(), "This app asks for too many customers.");
            case ONE_CUSTOMER ->
                Problem.tooMany("one-customer", busy.retryAfter(), "This app comes too often for this customer.");
        };
    }

    /** Asks about an operation, before it is done. */
    public Response propose(String contentType, String body) {
        return forApp(app -> {
            Request request = Request.read(json(contentType, body));
            Operation type = request.proposal().type();
            if (!mayAsk(app, type)) {
                return Problem.forbidden("This app may not ask about " + type + '.');
            }
            Customer customer = new Customer(apps.session(), app);
            return named(customer, request)
                    .flatMap(userSession -> propose(app, customer, userSession, request).stream())
                    .findFirst()
                    .orElseGet(() -> Problem.unprocessable(
                            "customer",
                            request.subjectToken().isPresent() ? "/subjectToken" : "/session",
                            "Nobody is logged in to this app by it."));
        });
    }

    /** Nothing where the session lives no more. */
    private Optional<Response> propose(App app, Customer customer, UserSessionModel userSession, Request request) {
        Proposal proposal = request.proposal();
        Optional<Busy> busy =
                quota.ask(apps.session(), app.client(), rules(app), userSession.getUser(), proposal.wayOut());
        if (busy.isPresent()) {
            return busy.map(AppsOperations::tooMany);
        }
        // Read before it is known whether the session lives, which the database's clock says.
        Arrived arrived = checkpoint(app).arrive(app.client(), userSession, proposal);
        return customer.living(userSession) ? Optional.of(propose(app, arrived, request)) : Optional.empty();
    }

    private static Stream<UserSessionModel> named(Customer customer, Request request) {
        return Stream.concat(
                request.subjectToken().stream().flatMap(customer::byToken),
                request.session().stream().flatMap(customer::bySession));
    }

    private static boolean mayAsk(App app, Operation type) {
        return Optional.ofNullable(app.client().getAttribute(TYPES))
                .filter(types -> Stream.of(types.strip().split("\\s+")).anyMatch(type.name()::equals))
                .isPresent();
    }

    private Response propose(App app, Arrived arrived, Request request) {
        Optional<Refusal> untimely = request.untimely(arrived.now());
        if (untimely.isPresent()) {
            return untimely.get().answer();
        }
        Proposed proposed = checkpoint(app).propose(app.client(), arrived);
        if (proposed instanceof Proposed.Decided decided) {
            return view(app, decided.known());
        }
        return proposed instanceof Proposed.TooMany tooMany
                ? Problem.tooMany(
                        "confirmations", tooMany.retryAfter(), "The customer is asked to confirm too many operations.")
                : Problem.conflict("other-content", "Another operation was asked about by this id.");
    }

    public Response operation(String id) {
        return forKnown(id, AppsOperations::view);
    }

    /** The app is about to do it. */
    public Response redeem(String id, String contentType, String body) {
        return forKnown(id, (app, known) -> {
            JsonNode json = json(contentType, body);
            Request.known(json, "", Set.of("digest"));
            String digest = Request.required(json, "", "digest");
            if (!DIGEST.matcher(digest).matches()) {
                throw Refusal.unreadable("/digest", "SHA-256 in 64 hexadecimal digits, small letters.");
            }
            Redemption redemption = checkpoint(app).redeem(app.client(), known, digest);
            return redemption instanceof Redemption.Refused refused
                    ? refused(app, refused)
                    : view(app, redemption.known());
        });
    }

    private static Response refused(App app, Redemption.Refused refused) {
        return switch (refused.why()) {
            case DIGEST ->
                conflict(app, refused.known(), "digest", "What the app is about to do is not what was decided.");
            case FROZEN -> conflict(app, refused.known(), "frozen", "The customer's operations are frozen.");
            case OWN_LIMIT ->
                conflict(app, refused.known(), "own-limit", "The customer's own settings do not let it pass any more.");
            case STATE -> conflict(app, refused.known(), code(refused.known().state()), words(refused.known()));
        };
    }

    private static String code(State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(Known known) {
        return switch (known.state()) {
            case STEP_UP -> "The customer has not confirmed it.";
            case HELD -> "Its time has not come.";
            case REDEEMED, EXECUTED, REJECTED -> "It was redeemed before.";
            case DENIED -> "It is denied.";
            case EXPIRED -> "Its time has passed.";
            case CANCELLED, VOIDED -> "It was taken back.";
            case PROPOSED, ALLOWED, CONFIRMED -> "Somebody else is about to redeem it.";
        };
    }

    private static Response conflict(App app, Known known, String code, String detail) {
        return Problem.conflict(
                code,
                detail,
                Map.of("operation", OperationView.of(known, app.policy().contact(), app.has(READ_RISK))));
    }

    /** What became of it. */
    public Response result(String id, String contentType, String body) {
        return forKnown(id, (app, known) -> {
            JsonNode json = json(contentType, body);
            Request.known(json, "", Set.of("result"));
            Move move = RESULTS.get(Request.required(json, "", "result"));
            if (move == null) {
                throw Refusal.unreadable("/result", "EXECUTED, REJECTED or CANCELLED is required.");
            }
            Reported reported = checkpoint(app).result(known, move);
            return reported instanceof Reported.Impossible impossible
                    ? conflict(app, impossible.known(), "result", "It was not redeemed, or ended otherwise.")
                    : view(app, reported.known());
        });
    }

    private static JsonNode json(String contentType, String body) throws Refusal {
        return json(contentType, body, LONGEST);
    }

    /** @param longest in bytes */
    public static JsonNode json(String contentType, String body, int longest) throws Refusal {
        if (contentType == null || !isJson(contentType)) {
            throw Refusal.notJson();
        }
        if (body != null && body.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw Refusal.tooLarge(longest);
        }
        try {
            return JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException broken) {
            throw Refusal.unreadable("", "A JSON object is required, with each name once.");
        }
    }

    private static boolean isJson(String contentType) {
        try {
            return MediaType.APPLICATION_JSON_TYPE.isCompatible(MediaType.valueOf(contentType));
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Response view(App app, Known known) {
        return Response.ok(
                        OperationView.of(known, app.policy().contact(), app.has(READ_RISK)),
                        MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Also of another app's: it does not learn that there is one. */
    private static Response unknown() {
        return Problem.notFound("No such operation.");
    }

    private static OperationPolicy rules(App app) {
        return app.policy().profile().operations();
    }

    private Operations checkpoint(App app) {
        return Operations.of(apps.session(), app.realm(), app.policy());
    }
}
