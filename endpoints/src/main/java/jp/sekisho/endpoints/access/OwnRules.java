package jp.sekisho.endpoints.access;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.access.AccessBook;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.access.AccessPolicy;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.access.StoredRule;

/**
 * From where a customer himself wants to be able to log in. What closes is in force at once, what opens waits: whoever took
 * over his session must not take the limit away before he reads the notice. None is made that would refuse the very device
 * and place that he makes it from.
 */
// FFAJ-1.2-B2
public final class OwnRules {

    private static final int MOST = 100;
    /** Officers may add some. */
    private static final int MOST_SHOWN = 1000;

    private static final String REASON = "own";

    private final SignedIn signedIn;

    public OwnRules(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /**
     * What is asked for.
     *
     * @param values networks, numbers or countries; one empty text for known devices and for abroad
     * @param strict not even a known device with a passkey shall pass
     * @param expires null for rules without an end
     */
    public record NewRules(
            Effect effect, Match.Kind match, List<String> values, boolean strict, Optional<Instant> expires) {

        /** @throws IllegalArgumentException for what is no rule; its message may be shown */
        public NewRules {
            values = new Wanted(effect, match, values, strict, expires).values();
        }

        private Wanted wanted() {
            return new Wanted(effect, match, values, strict, expires);
        }
    }

    /** All rules about him, his own and those that an officer made: a list of {@link RuleView}. */
    public Response rules() {
        return signedIn.forCustomer(customer -> Response.ok(
                        book(customer).of(scope(customer), 0, MOST_SHOWN).stream()
                                .map(RuleView::forCustomer)
                                .toList(),
                        MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    /**
     * Makes rules, one for each value.
     *
     * @param body {@link NewRules}
     * @return 201 with what was made; 400 for what is no rule, 403 without a fresh login that is strong enough, 409 for too
     *     many, and where he could not log in from here any more
     */
    public Response make(String body) {
        return changing((customer, book) -> {
            Instant now = book.now();
            NewRules wanted = Body.read(body, NewRules.class);
            List<StoredRule> before = book.of(scope(customer), 0, MOST_SHOWN);
            boolean opens = wanted.effect() == Effect.ALLOW && before.stream().anyMatch(allows());
            // What takes the way back waits like what opens: he may not be the one who wants it.
            Instant from = opens || wanted.strict() ? later(customer, now) : now;
            if (wanted.expires().filter(end -> !end.isAfter(from)).isPresent()) {
                return Problem.badRequest("body", "expires: must be after " + from + '.');
            }
            if (before.size() + wanted.values().size() > MOST) {
                return Problem.conflict("too-many", "At most " + MOST + " rules are kept.");
            }
            List<StoredRule> made = wanted.wanted()
                    .rules(
                            customer.realm().getId(),
                            new Whose(scope(customer), Optional.of(customer.user())),
                            customer.pseudonym(),
                            REASON,
                            from,
                            now);
            if (locksOut(customer, Stream.concat(before.stream(), made.stream()).toList(), now)) {
                return lockedOut();
            }
            book.make(made);
            tell(customer);
            return Response.status(Response.Status.CREATED)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(made.stream().map(RuleView::forCustomer).toList())
                    .build();
        });
    }

    /**
     * Ends a rule of his own.
     *
     * @return 200 with the rule and when it ends; 403 without a fresh login that is strong enough, 404 where there is no such
     *     rule of his own, 409 where he could not log in from here any more
     */
    public Response end(String id) {
        return changing((customer, book) -> {
            Instant now = book.now();
            List<StoredRule> all = book.of(scope(customer), 0, MOST_SHOWN);
            Optional<StoredRule> found = all.stream()
                    .filter(rule -> rule.id().equals(id) && rule.createdBy().equals(customer.pseudonym()))
                    .findFirst();
            if (found.isEmpty()) {
                return Problem.notFound("No such rule of your own.");
            }
            StoredRule rule = found.get();
            List<StoredRule> left =
                    all.stream().filter(other -> !other.id().equals(id)).toList();
            boolean pending = rule.from().isAfter(now);
            Instant end = pending || !opens(rule, left, now) ? now : later(customer, now);
            StoredRule ended = rule.until().filter(end::isAfter).isPresent() ? rule : rule.endingAt(end);
            boolean atOnce = !ended.until().orElseThrow().isAfter(now);
            if (atOnce && locksOut(customer, left, now)) {
                return lockedOut();
            }
            book.end(ended, customer.pseudonym(), REASON);
            tell(customer);
            return Response.ok(RuleView.of(ended), MediaType.APPLICATION_JSON_TYPE)
                    .build();
        });
    }

    /** What denied no longer does, the last that allowed goes, or the way back comes back. */
    private static boolean opens(StoredRule rule, List<StoredRule> left, Instant now) {
        Predicate<StoredRule> lasts =
                other -> !other.from().isAfter(now) && other.until().isEmpty();
        boolean lastAllowing = left.stream().filter(lasts).noneMatch(allows());
        boolean lastStrict = rule.strict() && left.stream().filter(lasts).noneMatch(StoredRule::strict);
        return rule.effect() == Effect.DENY || lastAllowing || lastStrict;
    }

    private static Predicate<StoredRule> allows() {
        return rule -> rule.effect() == Effect.ALLOW;
    }

    @FunctionalInterface
    private interface Change {
        Response on(Customer customer, AccessBook book) throws Body.Unreadable;
    }

    private Response changing(Change change) {
        return signedIn.forSettings(customer -> {
            AccessBook book = book(customer);
            AccessPolicy access = customer.policy().profile().access();
            StepUp stepUp = new StepUp(access.stepUp(), access.fresh());
            if (stepUp.freshUntil(customer.userSession(), customer.token().getAcr(), book.now())
                    .isEmpty()) {
                return Problem.stepUpRequired(stepUp.acr());
            }
            book.open();
            return change.on(customer, book);
        });
    }

    /** As of now, and as of when what is pending is in force. */
    private boolean locksOut(Customer customer, List<StoredRule> rules, Instant now) {
        var seen = signedIn.session().getProvider(Checkpoint.class).seen(customer.pseudonym());
        var compiled = AccessBook.compiled(rules);
        return Stream.of(now, later(customer, now))
                .anyMatch(at ->
                        compiled.denying(List.of(scope(customer)), seen, at).isPresent());
    }

    private static Response lockedOut() {
        return Problem.conflict("locks-out-caller", "You could not log in from here any more.");
    }

    private static Scope scope(Customer customer) {
        return Scope.customer(customer.pseudonym());
    }

    private static Instant later(Customer customer, Instant now) {
        return now.plus(customer.policy().profile().access().looseningDelay());
    }

    private AccessBook book(Customer customer) {
        return AccessBook.of(signedIn.session(), customer.realm(), customer.policy());
    }

    /** Each change is a fact of its own, however soon the next one follows. */
    private void tell(Customer customer) {
        Notices.of(signedIn.session(), customer.realm(), customer.policy())
                .tell(
                        customer.user(),
                        Notice.ACCESS_RULES_CHANGED,
                        signedIn.session()
                                .getProvider(Checkpoint.class)
                                .noticeValues(customer.user())
                                .apart());
    }
}
