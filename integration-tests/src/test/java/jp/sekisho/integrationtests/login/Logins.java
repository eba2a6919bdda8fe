package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;

/**
 * Customers log in by passkey, each on his own browser again and again, with sessions that are looked at afterwards; and strangers guess at
 * the passwords of a few others meanwhile.
 */
final class Logins implements Load {

    private static final String WRONG = "Not-the-password-1";
    private static final String REFUSAL = "パスワードが正しくありません";
    private static final int OWNERS = 6;
    private static final int GUESSED = 3;

    /** Of so many codes one is tried a second time, which ends its session. */
    private static final int REPLAYED = 4;

    private final World world;
    private final BlockingQueue<Owner> free = new LinkedBlockingQueue<>();
    private final List<Owner> owners;
    private final Queue<Login> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger exchanged = new AtomicInteger();
    private final List<Customer> guessed = new ArrayList<>();
    private final AtomicInteger guesses = new AtomicInteger();
    private final Map<Customer, AtomicInteger> wrong = new ConcurrentHashMap<>();

    private record Owner(Customer customer, String id, SoftPasskey passkey, Visitor browser, AtomicInteger begun) {}

    /** @param replayed its code was tried again, so that its session is no more */
    private record Login(Owner owner, App.Tokens tokens, boolean replayed) {

        String session() {
            return tokens.idClaims().path("sid").asText();
        }
    }

    Logins(World world) {
        this.world = world;
        for (int number = 0; number < OWNERS; number++) {
            Customer customer = world.customerWithoutApp();
            free.add(new Owner(
                    customer,
                    world.id(customer),
                    world.passkey(customer),
                    world.visitor(Origin.TOKYO_HOME).header("Accept", "text/html"),
                    new AtomicInteger()));
        }
        owners = List.copyOf(free);
        for (int number = 0; number < GUESSED; number++) {
            Customer customer = world.customer();
            guessed.add(customer);
            wrong.put(customer, new AtomicInteger());
        }
    }

    @Override
    public Turn turn() throws Exception {
        guess();
        Owner owner = free.take();
        try {
            owner.begun().incrementAndGet();
            return logIn(owner);
        } catch (UncheckedIOException | IOException broken) {
            return Turn.UNANSWERED;
        } finally {
            free.add(owner);
        }
    }

    private Turn logIn(Owner owner) throws Exception {
        owner.browser().forgetSession();
        Page form = owner.browser().openLogin();
        if (form.kind() != Kind.PASSWORD) {
            return notIn(form);
        }
        Page page = form.passkey(owner.passkey());
        if (page.kind() == Kind.REMEMBER) {
            page = page.remember(true);
        }
        if (page.kind() != Kind.APP) {
            return notIn(page);
        }
        String code = page.code().orElseThrow();
        HttpResponse<String> answer = world.app().exchangeOnce(code);
        if (answer.statusCode() != 200) {
            return Turn.REFUSED;
        }
        boolean again = exchanged.incrementAndGet() % REPLAYED == 0;
        answered.add(new Login(owner, world.app().tokens(answer), again));
        if (again) {
            replay(code);
        }
        return Turn.DONE;
    }

    /** On the node whose turn it is: in most cases the other one. */
    private void replay(String code) throws Exception {
        try {
            assertThat(world.app().exchangeOnce(code).statusCode())
                    .as("a code is good once")
                    .isGreaterThanOrEqualTo(400);
        } catch (IOException unanswered) {
            // Nobody got anything.
        }
    }

    /** From Keycloak never a blank page, nor an answer for machines. */
    static Turn notIn(Page page) {
        String body = page.response().body();
        if (page.status() == 503 && body.isEmpty()) {
            // The proxy of the tests lost the node.
            return Turn.UNANSWERED;
        }
        assertThat(page.text()).as(page.toString()).isNotBlank().doesNotStartWith("{");
        return Turn.REFUSED;
    }

    private void guess() {
        Customer customer = guessed.get(guesses.getAndIncrement() % GUESSED);
        try {
            Page answer = world.visitor(Origin.OSAKA_MOBILE)
                    .header("Accept", "text/html")
                    .logIn(customer, WRONG);
            if (answer.status() == 200 && answer.text().contains(REFUSAL)) {
                wrong.get(customer).incrementAndGet();
            }
        } catch (UncheckedIOException unanswered) {
            // Counted or not: more than answered is never wrong.
        } catch (AssertionError noForm) {
            // Nothing was guessed.
        }
    }

    /** Failures of each who is guessed at, by what they are counted of. */
    Map<String, Integer> counters() throws Exception {
        Map<String, Integer> all = new TreeMap<>();
        for (Customer customer : guessed) {
            world.tables()
                    .failures(world.realmId(), world.id(customer))
                    .forEach((what, failures) -> all.put(customer.username() + ' ' + what, failures));
        }
        return all;
    }

    @Override
    public void verify() throws Exception {
        assertThat(answered).as("codes that were tried again, and others").hasSizeGreaterThan(REPLAYED);
        for (Owner owner : owners) {
            List<Tables.Record> admitted = world.records(owner.customer()).stream()
                    .filter(record -> record.result().equals("ADMITTED"))
                    .toList();
            List<Login> logins = answered.stream()
                    .filter(login -> login.owner().equals(owner))
                    .toList();
            assertThat(admitted.size())
                    .as("each that was answered is written, and none that was not begun: " + owner.customer())
                    .isBetween(logins.size(), owner.begun().get());
            for (Login login : logins) {
                assertThat(admitted)
                        .as("answered, so written once: " + login.session())
                        .filteredOn(record -> record.content().contains(login.session()))
                        .hasSize(1);
            }
            if (!admitted.isEmpty()) {
                assertThat(world.tables().outbox(owner.id()))
                        .as("admitted, so told: " + owner.customer())
                        .isNotEmpty();
            }
            new Told(world, owner.customer(), owner.id()).everything();
        }
        for (Login login : answered) {
            if (!login.replayed()) {
                assertThat(world.app().refresh(login.tokens().refresh()).statusCode())
                        .as("the session goes on: " + login.session())
                        .isEqualTo(200);
            }
        }
        for (Customer customer : guessed) {
            assertThat(world.tables().strangersFailures(world.realmId(), world.id(customer)))
                    .as("what was answered with wrong is counted: " + customer.username())
                    .isGreaterThanOrEqualTo(wrong.get(customer).get());
        }
        assertThat(wrong.values().stream().mapToInt(AtomicInteger::get).sum()).isPositive();
    }
}
