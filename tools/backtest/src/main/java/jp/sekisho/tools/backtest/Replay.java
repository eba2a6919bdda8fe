package jp.sekisho.tools.backtest;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Network;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Account;
import jp.sekisho.policies.risk.CountedPopulation;
import jp.sekisho.policies.risk.History;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.RiskEngine;
import jp.sekisho.policies.risk.RiskPolicy;

/**
 * Runs logins in time order through the same engine and the same learning as the product, in its monitor mode: nothing
 * was verified, so a login is learned when it has stood undisputed for the policy's time.
 *
 * <p>Attacks are scored as if the password had been right. Honest logins are the successful ones that are no attack.
 * Other failures are not scored; they count as failures before what follows.
 */
final class Replay {

    private final Logins logins;
    private final Attacks attacks;
    private final RiskPolicy policy;
    private final Dictionary<Learning.Value> values = new Dictionary<>();
    private final CustomerRows[] customers;
    private final CountedPopulation population = new CountedPopulation();
    private final FailureWindows failures = new FailureWindows();
    private final FreemanReplay freeman;
    private final Scores scores = new Scores();

    private Replay(Logins logins, Attacks attacks, RiskPolicy policy) {
        this.logins = logins;
        this.attacks = attacks;
        this.policy = policy;
        this.customers = new CustomerRows[logins.users.size()];
        this.freeman = new FreemanReplay(logins);
    }

    static Scores of(Logins logins, Attacks attacks, RiskPolicy policy) {
        return new Replay(logins, attacks, policy).run();
    }

    private Scores run() {
        int[] order = logins.inTimeOrder();
        long wait = policy.learning().monitorAfter().toMillis();
        int learned = 0;
        for (int row : order) {
            while (logins.time(order[learned]) + wait <= logins.time(row) && order[learned] != row) {
                learn(order[learned++]);
            }
            attempt(row);
        }
        return scores;
    }

    private void attempt(int row) {
        boolean attack = attacks.includes(logins, row);
        boolean honest = !attack && logins.successful(row);
        int user = logins.user(row);
        if (customers[user] == null) {
            customers[user] = new CustomerRows(values, logins.time(row));
        }
        if (attack || honest) {
            Risk risk = assess(row);
            scores.add(attack, freeman.earlierLogins(user), risk.score(), risk.level(), freeman.score(row));
        }
        if (honest) {
            freeman.learn(row);
            customers[user].loggedIn(logins.time(row));
        }
        failures.add(logins.time(row), user, logins.source(row), logins.successful(row));
    }

    private Risk assess(int row) {
        CustomerRows customer = customers[logins.user(row)];
        Evidence evidence = evidence(row, failures.before(logins.time(row), logins.user(row), logins.source(row)));
        Account account = new Account(customer.firstSeen(), Optional.empty());
        History history = History.of(account, customer.rows(), evidence.at(), policy.halfLife());
        return RiskEngine.assess(evidence, history, population, policy);
    }

    private void learn(int row) {
        if (!logins.successful(row) || attacks.includes(logins, row)) {
            return;
        }
        CustomerRows customer = customers[logins.user(row)];
        Learning.Login login = new Learning.Login(evidence(row, Failures.NONE), Level.LOW, Set.of(), true, false);
        Learning.Changes changes = Learning.learn(customer.rows(), login, policy);
        customer.apply(changes);
        for (Learning.Value value : changes.counted()) {
            population.add(value.dimension(), value.key(), 1);
        }
    }

    private Evidence evidence(int row, Failures failed) {
        return new Evidence(
                Operation.LOGIN,
                Instant.ofEpochMilli(logins.time(row)),
                Field.of(logins.addresses.value(logins.address(row))),
                Field.of(new Place(logins.countries.value(logins.country(row)), Optional.empty(), Optional.empty())),
                Field.of(new Network(logins.asns.value(logins.asn(row)), "", Network.Kind.ORDINARY)),
                Field.of(userAgent(row)),
                Field.notCollected(),
                failed);
    }

    private UserAgent userAgent(int row) {
        String browser = logins.browsers.value(logins.browser(row));
        String version = version(browser);
        int dot = version.indexOf('.');
        return new UserAgent(
                logins.deviceTypes.value(logins.deviceType(row)),
                family(logins.systems.value(logins.system(row))),
                family(browser),
                dot < 0 ? version : version.substring(0, dot));
    }

    /** "Chrome Mobile 46.0.2490" is Chrome Mobile. */
    private static String family(String nameAndVersion) {
        String version = version(nameAndVersion);
        return version.isEmpty()
                ? nameAndVersion
                : nameAndVersion.substring(0, nameAndVersion.length() - version.length() - 1);
    }

    private static String version(String nameAndVersion) {
        int space = nameAndVersion.lastIndexOf(' ');
        boolean numbered =
                space > 0 && space + 1 < nameAndVersion.length() && Character.isDigit(nameAndVersion.charAt(space + 1));
        return numbered ? nameAndVersion.substring(space + 1) : "";
    }
}
