package jp.sekisho.endpoints.access;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.access.AccessBook;
import jp.sekisho.checkpoint.access.Administrators;
import jp.sekisho.checkpoint.access.Scopes;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.proposal.Act;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.proposal.Proposal;
import org.keycloak.models.UserModel;

/**
 * Access rules of the realm, of a client, of officers and of one customer, as officers make them. What {@link Act} leaves to one
 * is in force at once; the rest waits for a second officer.
 */
// FFAJ-2.1-S1a, FFAJ-2.1-S1b
public final class OfficersRules {

    private static final int PAGE = 1000;

    private final Officers officers;

    public OfficersRules(Officers officers) {
        this.officers = officers;
    }

    /**
     * What is asked for.
     *
     * @param of the client's id, the customer's user id, or empty
     * @param values networks, numbers or countries; one empty text for known devices
     * @param expires null for rules without an end
     */
    public record NewRules(
            Scope.Kind scope,
            String of,
            Effect effect,
            Match.Kind match,
            List<String> values,
            Optional<Instant> expires,
            String reason) {

        /** @throws IllegalArgumentException for what is no rule; its message may be shown */
        public NewRules {
            if (scope == null || of == null) {
                throw new IllegalArgumentException("scope, of: are required.");
            }
            values = new Wanted(effect, match, values, false, expires).values();
            reason = Reason.checked(reason);
        }

        private Map<String, Object> content() {
            Map<String, Object> content = new TreeMap<>(Map.of(
                    "scope",
                    scope.name(),
                    "of",
                    of,
                    "effect",
                    effect.name(),
                    "match",
                    match.name(),
                    "values",
                    values,
                    "reason",
                    reason));
            content.put("expires", expires.map(Instant::toString).orElse(null));
            return content;
        }

        private Wanted wanted() {
            return new Wanted(effect, match, values, false, expires);
        }
    }

    /** A page of a scope's rules, oldest first: a list of {@link RuleView}. */
    public Response rules(String kind, String of, int first) {
        return officers.forRealm(policy -> {
            Optional<Whose> whose = kind(kind).flatMap(named -> whose(named, of));
            if (whose.isEmpty() || first < 0) {
                return Problem.badRequest("scope", "REALM, OFFICERS, or CLIENT or CUSTOMER with of is required.");
            }
            List<RuleView> views = book(policy).of(whose.get().scope(), first, PAGE).stream()
                    .map(RuleView::of)
                    .toList();
            return Response.ok(views, MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    /**
     * Makes rules, one for each value.
     *
     * @param body {@link NewRules}
     * @param force even where the officer locks himself out
     * @return 201 with what was made, 202 with a proposal of what needs two; 400 for what is no rule, 404 for a client or customer that is not there, 409 where the
     *     officer would lock himself out
     */
    public Response make(String body, boolean force) {
        return officers.forRealm(policy -> {
            NewRules wanted = Body.read(body, NewRules.class);
            Optional<Whose> whose = whose(wanted.scope(), wanted.of());
            if (whose.isEmpty()) {
                return Problem.notFound("No such client or customer.");
            }
            if (himself(whose.get())) {
                return notHimself();
            }
            AccessBook book = book(policy);
            if (wanted.expires().filter(end -> !end.isAfter(book.now())).isPresent()) {
                return Problem.badRequest("body", "expires: must be in the future.");
            }
            book.open();
            List<StoredRule> rules = rules(book, whose.get(), wanted, officers.caller());
            if (!force && locksOutCaller(book, whose.get().scope(), rules)) {
                return lockedOut();
            }
            return Act.rule(whose.get().scope().kind(), wanted.effect()).needsTwo(officer(whose.get()))
                    ? Proposing.propose(officers, policy, Proposal.Kind.ACCESS_RULES, wanted.content(), wanted.reason())
                    : made(policy, book, whose.get(), wanted, rules);
        });
    }

    /** What {@link #make} proposed. */
    public Response approvedRules(RealmPolicy policy, Proposal proposal) throws Body.Unreadable {
        NewRules wanted = Body.read(proposal.content(), NewRules.class);
        Optional<Whose> whose = whose(wanted.scope(), wanted.of());
        if (whose.isEmpty()) {
            return Problem.notFound("No such client or customer.");
        }
        if (himself(whose.get())) {
            return notHimself();
        }
        AccessBook book = book(policy);
        if (wanted.expires().filter(end -> !end.isAfter(book.now())).isPresent()) {
            return Problem.conflict("expired", "These rules would have ended already.");
        }
        book.open();
        List<StoredRule> rules = rules(book, whose.get(), wanted, proposal.by());
        return locksOutCaller(book, whose.get().scope(), rules)
                ? lockedOut()
                : made(policy, book, whose.get(), wanted, rules);
    }

    private List<StoredRule> rules(AccessBook book, Whose whose, NewRules wanted, String by) {
        return wanted.wanted().rules(officers.realm().getId(), whose, by, wanted.reason(), book.now(), book.now());
    }

    private Response made(RealmPolicy policy, AccessBook book, Whose whose, NewRules wanted, List<StoredRule> made) {
        book.make(made);
        whose.customer().ifPresent(customer -> tell(policy, customer, book.now()));
        officers.told(
                "SEKISHO_ACCESS_RULE",
                Map.of(
                        "scope", wanted.scope(),
                        "of", wanted.of(),
                        "effect", wanted.effect(),
                        "match", wanted.match(),
                        "values", wanted.values(),
                        "reason", wanted.reason()),
                "access-rules");
        return Response.status(Response.Status.CREATED)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(made.stream().map(RuleView::of).toList())
                .build();
    }

    /**
     * Ends a rule, at once.
     *
     * @param reason why, for the evidence log
     * @param force even where the officer locks himself out
     * @return 204, 202 with a proposal where that needs two; 400 without a reason, 404 where there is no such rule, 409 where the officer would lock himself out
     */
    public Response end(String id, String reason, boolean force) {
        return officers.forRealm(policy -> {
            Reason why;
            try {
                why = new Reason(reason);
            } catch (IllegalArgumentException none) {
                return Problem.badRequest("reason", none.getMessage());
            }
            AccessBook book = book(policy);
            book.open();
            Optional<StoredRule> rule = book.find(id);
            if (rule.isEmpty()) {
                return Problem.notFound("No such rule.");
            }
            Whose whose = new Whose(rule.get().scope(), rule.get().userId().flatMap(this::user));
            if (himself(whose)) {
                return notHimself();
            }
            if (!force && locksOutCallerByEnding(book, rule.get())) {
                return lockedOut();
            }
            return Act.ruleEnd(whose.scope().kind()).needsTwo(officer(whose))
                    ? Proposing.propose(
                            officers, policy, Proposal.Kind.ACCESS_RULE_END, ending(rule.get()), why.reason())
                    : ended(policy, book, rule.get(), officers.caller(), why.reason());
        });
    }

    /** What {@link #end} proposed. */
    public Response approvedEnd(RealmPolicy policy, Proposal proposal) {
        AccessBook book = book(policy);
        book.open();
        Optional<StoredRule> rule =
                book.find(RecordJson.read(proposal.content()).path("rule").asText());
        if (rule.isEmpty()) {
            return Problem.notFound("No such rule.");
        }
        if (himself(new Whose(rule.get().scope(), rule.get().userId().flatMap(this::user)))) {
            return notHimself();
        }
        return locksOutCallerByEnding(book, rule.get())
                ? lockedOut()
                : ended(policy, book, rule.get(), proposal.by(), proposal.reason());
    }

    /** Id of the user whose rules a proposal would change; empty where they are of many. */
    public static Optional<String> customer(Proposal proposal) {
        JsonNode content = RecordJson.read(proposal.content());
        return Optional.of(content.path("of").asText())
                .filter(of -> content.path("scope").asText().equals(Scope.Kind.CUSTOMER.name()));
    }

    private static Map<String, String> ending(StoredRule rule) {
        return Map.of(
                "rule", rule.id(),
                "scope", rule.scope().kind().name(),
                "of", rule.userId().orElse(rule.scope().of()),
                "effect", rule.effect().name(),
                "match", rule.kind().name(),
                "matched", rule.matched());
    }

    private Response ended(RealmPolicy policy, AccessBook book, StoredRule rule, String by, String reason) {
        book.end(rule.endingAt(book.now()), by, reason);
        rule.userId().flatMap(this::user).ifPresent(customer -> tell(policy, customer, book.now()));
        officers.told("SEKISHO_ACCESS_RULE", Map.of("ended", rule.id(), "reason", reason), "access-rules", rule.id());
        return Response.noContent().build();
    }

    private static boolean officer(Whose whose) {
        return whose.customer().filter(Administrators::has).isPresent();
    }

    private boolean himself(Whose whose) {
        return whose.customer()
                .filter(user -> user.getId().equals(officers.caller()))
                .isPresent();
    }

    private static Response notHimself() {
        return Problem.forbidden("Nobody changes the rules about himself here.");
    }

    private Optional<Whose> whose(Scope.Kind kind, String of) {
        String named = of == null ? "" : of;
        return switch (kind) {
            case REALM -> Optional.of(new Whose(Scope.REALM, Optional.empty())).filter(any -> named.isEmpty());
            case OFFICERS ->
                Optional.of(new Whose(Scope.OFFICERS, Optional.empty())).filter(any -> named.isEmpty());
            case CLIENT ->
                Optional.ofNullable(officers.realm().getClientByClientId(named))
                        .map(client -> new Whose(Scope.client(named), Optional.empty()));
            case CUSTOMER -> user(named).map(user -> new Whose(Scope.customer(pseudonym(user)), Optional.of(user)));
        };
    }

    private static Optional<Scope.Kind> kind(String name) {
        return Stream.of(Scope.Kind.values())
                .filter(kind -> kind.name().equals(name))
                .findFirst();
    }

    private Optional<UserModel> user(String id) {
        return Optional.ofNullable(officers.session().users().getUserById(officers.realm(), id));
    }

    private String pseudonym(UserModel user) {
        return Customers.pseudonym(officers.session(), officers.realm(), user);
    }

    private boolean locksOutCaller(AccessBook book, Scope scope, List<StoredRule> made) {
        boolean closing = made.stream().allMatch(rule -> rule.effect() == Effect.DENY);
        return locksOutCaller(
                scope,
                closing
                        ? made
                        : Stream.concat(book.allowing(scope).stream(), made.stream())
                                .toList(),
                book.now());
    }

    private boolean locksOutCallerByEnding(AccessBook book, StoredRule rule) {
        return rule.effect() == Effect.ALLOW
                && locksOutCaller(
                        rule.scope(),
                        book.allowing(rule.scope()).stream()
                                .filter(other -> !other.id().equals(rule.id()))
                                .toList(),
                        book.now());
    }

    private boolean locksOutCaller(Scope scope, List<StoredRule> rules, Instant now) {
        UserModel caller = officers.callingUser();
        List<Scope> his = Scopes.of(Optional.of(officers.callingClient()), true, pseudonym(caller));
        return his.contains(scope)
                && AccessBook.compiled(rules)
                        .denying(
                                List.of(scope),
                                officers.session().getProvider(Checkpoint.class).seen(pseudonym(caller)),
                                now)
                        .isPresent();
    }

    private static Response lockedOut() {
        return Problem.conflict("locks-out-caller", "You could not log in from here any more. With force it is done.");
    }

    private void tell(RealmPolicy policy, UserModel customer, Instant now) {
        Notices.of(officers.session(), officers.realm(), policy)
                .tell(
                        customer,
                        Notice.ACCESS_RULES_CHANGED,
                        NoticeValues.at(now).apart());
    }

    private AccessBook book(RealmPolicy policy) {
        return AccessBook.of(officers.session(), officers.realm(), policy);
    }
}
