package jp.sekisho.tradingapp.books;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import jp.sekisho.client.Details;
import jp.sekisho.client.Payee;
import jp.sekisho.client.Result;
import jp.sekisho.tradingapp.home.SamplePosition;
import org.springframework.stereotype.Component;

/** The firm's books, in memory: a sample. */
@Component
public class Books {

    private static final int LATEST = 20;

    /** Yen with which each customer begins, invented. */
    private static final BigDecimal BALANCE = new BigDecimal("3000000");

    private final Map<String, Deque<Transaction>> transactions = new HashMap<>();
    private final Map<String, Payee> accounts = new HashMap<>();
    private final Map<String, BigDecimal> balances = new HashMap<>();
    private final Map<String, Map<String, BigDecimal>> positions = new HashMap<>();

    public synchronized void enter(Transaction transaction) {
        Deque<Transaction> own = transactions.computeIfAbsent(transaction.customer(), customer -> new ArrayDeque<>());
        own.addFirst(transaction);
        if (own.size() > LATEST) {
            own.removeLast();
        }
    }

    /** The customer's own, the latest first. */
    public synchronized List<Transaction> of(String customer) {
        return List.copyOf(transactions.getOrDefault(customer, new ArrayDeque<>()));
    }

    /** One of the customer's own: nobody names another's. */
    public synchronized Optional<Transaction> find(String customer, String id) {
        return of(customer).stream().filter(known -> known.id().equals(id)).findFirst();
    }

    /** What has ended stays as it is. @return as it stands now */
    public synchronized Transaction change(Transaction transaction, UnaryOperator<Transaction> change) {
        return find(transaction.customer(), transaction.id())
                .map(known -> known.fate().ended() ? known : put(known, change.apply(known)))
                .orElse(transaction);
    }

    /** @return false where it was executed, or has ended otherwise */
    public synchronized boolean cancel(Transaction transaction) {
        Optional<Transaction> open = open(transaction);
        open.ifPresent(known -> put(known, known.with(Transaction.Fate.CANCELLED)));
        return open.isPresent();
    }

    private Optional<Transaction> open(Transaction transaction) {
        return find(transaction.customer(), transaction.id())
                .filter(known -> !known.fate().ended());
    }

    private Transaction put(Transaction before, Transaction after) {
        Deque<Transaction> own = transactions.get(before.customer());
        List<Transaction> changed =
                own.stream().map(known -> known.equals(before) ? after : known).toList();
        own.clear();
        own.addAll(changed);
        return after;
    }

    /**
     * Moves the money, or would, where it is still there: what was asked about at the same time was asked about the same money.
     *
     * @return what became of it; empty where that was done before, or is no more to be done
     */
    public synchronized Optional<Result> execute(Transaction transaction) {
        return open(transaction).map(known -> {
            if (!covers(known.customer(), known.details())) {
                put(known, known.with(Transaction.Fate.REJECTED));
                return Result.REJECTED;
            }
            move(known.customer(), known.details());
            put(known, known.with(Transaction.Fate.DONE));
            return Result.EXECUTED;
        });
    }

    private void move(String customer, Details details) {
        if (details instanceof Details.BankAccountChange change) {
            accounts.put(customer, change.payee());
        }
        if (details instanceof Details.Withdrawal withdrawal) {
            balances.put(
                    customer, available(customer).subtract(withdrawal.amount().value()));
        }
        if (details instanceof Details.Order order) {
            BigDecimal units = order.side() == Details.Side.BUY
                    ? order.quantity()
                    : order.quantity().negate();
            positions
                    .computeIfAbsent(customer, nobody -> new HashMap<>())
                    .merge(order.instrument(), units, BigDecimal::add);
        }
    }

    /** Whether the customer has what is to be closed or paid: what closes is never asked about, so that nobody calls it so. */
    public synchronized boolean covers(String customer, Details details) {
        if (details instanceof Details.Order order && order.positionEffect() == Details.PositionEffect.CLOSE) {
            BigDecimal position = position(customer, order.instrument());
            BigDecimal held = order.side() == Details.Side.SELL ? position : position.negate();
            return order.quantity().compareTo(held) <= 0;
        }
        return !(details instanceof Details.Withdrawal withdrawal)
                || withdrawal.amount().value().compareTo(available(customer)) <= 0;
    }

    /** How many yen the customer could withdraw at most. */
    public synchronized BigDecimal available(String customer) {
        return balances.getOrDefault(customer, BALANCE);
    }

    /** Units of the base currency that the customer holds of a pair, negative if sold; each begins with those that are invented. */
    public synchronized BigDecimal position(String customer, String pair) {
        long invented = SamplePosition.ALL.stream()
                .filter(position -> position.pair().equals(pair))
                .mapToLong(SamplePosition::units)
                .sum();
        return positions
                .getOrDefault(customer, new HashMap<>())
                .getOrDefault(pair, BigDecimal.ZERO)
                .add(BigDecimal.valueOf(invented));
    }

    /** Where the customer's withdrawals go. */
    public synchronized Optional<Payee> account(String customer) {
        return Optional.ofNullable(accounts.get(customer));
    }
}
