package jp.sekisho.tradingapp.operations;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.client.Answer;
import jp.sekisho.client.Customer;
import jp.sekisho.client.Details;
import jp.sekisho.client.NoAnswerException;
import jp.sekisho.client.ProblemException;
import jp.sekisho.client.Proposal;
import jp.sekisho.client.Result;
import jp.sekisho.client.SekishoClient;
import jp.sekisho.client.State;
import jp.sekisho.tradingapp.books.Books;
import jp.sekisho.tradingapp.books.Transaction;
import jp.sekisho.tradingapp.books.Transaction.Fate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * The way of every transaction: ask, have the customer confirm where it is said, redeem, execute, report. Each method returns the
 * page that comes next.
 */
@Component
public class Operations {

    static final String BOOKS = "/transactions";

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final SekishoClient sekisho;
    private final Confirming confirming;
    private final Results results;
    private final Books books;

    Operations(SekishoClient sekisho, Confirming confirming, Results results, Books books) {
        this.results = results;
        this.sekisho = sekisho;
        this.confirming = confirming;
        this.books = books;
    }

    public String order(Details details, OidcUser user, HttpServletRequest request) {
        Transaction ordered = Transaction.ordered(new Proposal(
                UUID.randomUUID().toString(),
                new Customer.BySession(user.getSubject(), user.getClaimAsString("sid")),
                Instant.now(),
                Optional.ofNullable(request.getHeader("User-Agent"))
                        .map(userAgent -> new Proposal.Seen(request.getRemoteAddr(), userAgent)),
                details));
        books.enter(ordered);
        return goOn(ordered, request);
    }

    /** Asks, also about what was asked before: the id is the same, and so is what is decided. Who looked at what is held tells nobody. */
    public String goOn(Transaction transaction, HttpServletRequest request) {
        if (transaction.fate().ended()) {
            return BOOKS;
        }
        try {
            Transaction known = transaction.fate() == Fate.HELD
                    ? enter(transaction, sekisho.find(operation(transaction)))
                    : enter(transaction, sekisho.propose(transaction.proposal()));
            boolean due = known.fate() == Fate.HELD ? known.due(Instant.now()) : state(known) == State.ALLOWED;
            return follow(due ? enter(known, redeemed(known)) : known, request);
        } catch (ProblemException | NoAnswerException | OAuth2AuthorizationException trouble) {
            return untold(trouble);
        }
    }

    private static State state(Transaction transaction) {
        return transaction.answer().orElseThrow().known().state();
    }

    private String follow(Transaction transaction, HttpServletRequest request) {
        if (state(transaction) == State.REDEEMED) {
            return execute(transaction);
        }
        // One that is confirmed waits for the customer to come back with the token, or expires.
        return state(transaction) == State.STEP_UP && transaction.answer().orElseThrow() instanceof Answer.StepUp asked
                ? confirming.start(
                        transaction,
                        sekisho.confirmation(asked, transaction.proposal(), confirming.frontEnd(), Instant.now()),
                        request)
                : BOOKS;
    }

    /** The customer came back with a token that fits. */
    void confirmed(Transaction transaction, String operation) {
        try {
            Answer redeemed = sekisho.redeem(operation, transaction.proposal());
            execute(enter(transaction, redeemed));
        } catch (ProblemException refused) {
            refused.operation().ifPresent(answer -> enter(transaction, answer));
            LOG.warn("A transaction was not redeemed: {}", refused.getMessage());
        } catch (NoAnswerException trouble) {
            untold(trouble);
        }
    }

    /** Nothing is executed before this has returned what is redeemed. */
    private Answer redeemed(Transaction transaction) {
        try {
            return sekisho.redeem(operation(transaction), transaction.proposal());
        } catch (ProblemException refused) {
            // After a hold it was decided again: it may be to be confirmed by now. Who else redeemed it executes it.
            return refused.operation()
                    .filter(answer -> answer.known().state() != State.REDEEMED)
                    .orElseThrow(() -> refused);
        }
    }

    private String execute(Transaction transaction) {
        books.execute(transaction).ifPresent(result -> results.add(operation(transaction), result));
        return BOOKS;
    }

    private static String operation(Transaction transaction) {
        return transaction.answer().orElseThrow().known().operation();
    }

    /** The customer came back without a token: he may have refused it. */
    void look(Transaction transaction, String operation) {
        try {
            enter(transaction, sekisho.find(operation));
        } catch (ProblemException | NoAnswerException trouble) {
            untold(trouble);
        }
    }

    /**
     * In the books first: what they have executed nobody cancels, and what they have cancelled nobody executes, whoever redeemed it
     * meanwhile. What may have been executed is never told as cancelled: its customer would hear nothing of it.
     */
    public String cancel(Transaction transaction) {
        try {
            Transaction known = transaction.answer().isPresent()
                    ? transaction
                    : enter(transaction, sekisho.propose(transaction.proposal()));
            if (books.cancel(known)) {
                results.add(operation(known), Result.CANCELLED);
            }
        } catch (ProblemException | NoAnswerException trouble) {
            untold(trouble);
        }
        return BOOKS;
    }

    private Transaction enter(Transaction transaction, Answer answer) {
        return books.change(transaction, known -> known.with(answer, fate(answer)));
    }

    private static Fate fate(Answer answer) {
        return switch (answer.known().state()) {
            case STEP_UP, CONFIRMED -> Fate.TO_CONFIRM;
            case HELD -> Fate.HELD;
            case DENIED -> Fate.DENIED;
            case CANCELLED -> Fate.CANCELLED;
            case REJECTED -> Fate.REJECTED;
            case EXPIRED, VOIDED -> Fate.OVER;
            // Done is what stands as done in these books.
            case PROPOSED, ALLOWED, REDEEMED, EXECUTED -> Fate.OPEN;
        };
    }

    private static String untold(RuntimeException trouble) {
        LOG.warn("An operation cannot be decided: {}", trouble.getMessage());
        return BOOKS;
    }
}
