package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;

/**
 * A firm's app asks about operations, has some of them confirmed, redeems them and tells what became of them. Where it got no answer, or
 * none that says anything, it asks the same again later, as every app has to.
 */
// FFAJ-1.3-B4, FFAJ-1.4-S2, FFAJ-1.4-S3
final class Orders implements Load {

    private static final int OWNERS = 10;

    /** Each one of so many is to be confirmed. */
    private static final int CONFIRMED = 10;

    /** Of those that are not to be confirmed, each one of so many was rejected by the market. */
    private static final int REJECTED = 3;

    /** A node may have connections left that broke. */
    private static final int PATIENCE = 20;

    private static final String CLOSING =
            "{\"instrument\":\"USD/JPY\",\"side\":\"SELL\",\"positionEffect\":\"CLOSE\",\"quantity\":\"10000\"}";
    static final String CHANGE = "{\"attributes\":[\"phoneNumber\"]}";

    private final World world;
    private final Backend backend;
    private final String token;
    private final List<Owner> owners;
    private final AtomicInteger begun = new AtomicInteger();
    private final Queue<Order> all = new ConcurrentLinkedQueue<>();
    private final Queue<Order> unfinished = new ConcurrentLinkedQueue<>();

    /** Somebody who is logged in. */
    private record Owner(Customer customer, String id, SoftPasskey passkey, Visitor browser, String session) {}

    /** What the app knows of an operation; one thread at a time. */
    private static final class Order {

        private final Owner owner;
        private final ObjectNode request;
        private final boolean toConfirm;
        private final String result;
        private JsonNode answer;
        private boolean redeemAsked;
        private boolean redeemed;
        private boolean ended;

        private Order(Owner owner, ObjectNode request, boolean toConfirm, String result) {
            this.owner = owner;
            this.request = request;
            this.toConfirm = toConfirm;
            this.result = result;
        }

        private String id() {
            return answer.path("operation").asText();
        }

        private boolean told() {
            return !toConfirm && result.equals("EXECUTED");
        }
    }

    /** Nothing came of it that the app knows of. */
    private static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Turn turn;

        private NoAnswer(Turn turn) {
            super(turn.name());
            this.turn = turn;
        }
    }

    Orders(World world) throws Exception {
        this.world = world;
        this.backend = Backend.made(
                world,
                Map.of(
                        "sekisho.front-ends", world.app().client(),
                        "sekisho.operations", "TRADE PROFILE_CHANGE",
                        // One token lasts for the story.
                        "access.token.lifespan", "3600"),
                "evaluate-operations");
        this.token = backend.token();
        List<Owner> loggedIn = new ArrayList<>();
        for (int number = 0; number < OWNERS; number++) {
            loggedIn.add(owner());
        }
        owners = List.copyOf(loggedIn);
    }

    private Owner owner() throws Exception {
        Customer customer = world.customerWithoutApp();
        SoftPasskey passkey = world.passkey(customer);
        Visitor browser = world.visitor(Origin.TOKYO_HOME).header("Accept", "text/html");
        App.Tokens tokens = browser.logIn(passkey).tokens();
        return new Owner(
                customer,
                world.id(customer),
                passkey,
                browser,
                tokens.idClaims().path("sid").asText());
    }

    @Override
    public Turn turn() throws Exception {
        Order left = unfinished.poll();
        if (left != null) {
            return goOn(left);
        }
        int number = begun.getAndIncrement();
        Order order = order(number, owners.get(number % OWNERS));
        all.add(order);
        return goOn(order);
    }

    private static Order order(int number, Owner owner) throws Exception {
        // Of each customer one in so many, and not of one customer all.
        boolean toConfirm = (number + number / OWNERS) % CONFIRMED == 0;
        ObjectNode request = Backend.request(toConfirm ? "PROFILE_CHANGE" : "TRADE", toConfirm ? CHANGE : CLOSING);
        request.put("session", owner.session());
        return new Order(owner, request, toConfirm, !toConfirm && number % REJECTED == 0 ? "REJECTED" : "EXECUTED");
    }

    private Turn goOn(Order order) throws Exception {
        try {
            propose(order);
            if (order.toConfirm && !order.redeemAsked) {
                confirm(order);
            }
            redeem(order);
            end(order);
            return Turn.DONE;
        } catch (NoAnswer broken) {
            unfinished.add(order);
            return broken.turn;
        } catch (IOException | UncheckedIOException broken) {
            unfinished.add(order);
            return Turn.UNANSWERED;
        }
    }

    private void propose(Order order) throws Exception {
        JsonNode answer = Backend.read(answered(backend.propose(token, order.request)), 200);
        if (order.answer != null) {
            assertThat(answer.path("operation"))
                    .as("the same id is the same operation")
                    .isEqualTo(order.answer.path("operation"));
            assertThat(answer.path("decision")).as("as it was decided").isEqualTo(order.answer.path("decision"));
            assertThat(answer.path("digest")).isEqualTo(order.answer.path("digest"));
        }
        order.answer = answer;
        assertThat(answer.path("decision").asText())
                .as(answer.toString())
                .isEqualTo(order.toConfirm ? "STEP_UP" : "ALLOW");
    }

    private void confirm(Order order) throws Exception {
        if (!state(order).equals("STEP_UP")) {
            // By a gesture to which nobody heard the answer.
            return;
        }
        // One browser: one page at a time.
        synchronized (order.owner.browser()) {
            Page page = order.owner.browser().get(pushed(order));
            if (!page.shows("#sekisho-operation")) {
                throw new NoAnswer(Logins.notIn(page));
            }
            Page after = page.passkey(order.owner.passkey());
            if (after.code().isEmpty()) {
                throw new NoAnswer(Logins.notIn(after));
            }
        }
    }

    private URI pushed(Order order) throws Exception {
        try {
            return world.app().pushed(ConfirmIT.request(order.id()));
        } catch (IllegalStateException notPushed) {
            throw new NoAnswer(Turn.REFUSED);
        }
    }

    /** Whoever redeemed and got no answer looks whether it was. */
    private void redeem(Order order) throws Exception {
        if (order.redeemed || order.redeemAsked && state(order).equals("REDEEMED")) {
            order.redeemed = true;
            return;
        }
        order.redeemAsked = true;
        JsonNode answer = Backend.read(
                answered(backend.redeem(
                        token, order.answer, order.answer.path("digest").asText())),
                200);
        assertThat(answer.path("state").asText()).isEqualTo("REDEEMED");
        order.redeemed = true;
    }

    private void end(Order order) throws Exception {
        JsonNode ended = Backend.read(answered(backend.result(token, order.answer, order.result)), 200);
        assertThat(ended.path("state").asText()).isEqualTo(order.result);
        order.ended = true;
    }

    private String state(Order order) throws Exception {
        return Backend.read(answered(backend.get(token, order.id())), 200)
                .path("state")
                .asText();
    }

    /** An answer that says something of the operation; what else there is says clearly that nothing came of it. */
    private static HttpResponse<String> answered(HttpResponse<String> answer) throws Exception {
        if (answer.statusCode() < 500) {
            return answer;
        }
        if (answer.statusCode() == 503 && answer.body().isEmpty()) {
            // The proxy of the tests lost the node.
            throw new NoAnswer(Turn.UNANSWERED);
        }
        JsonNode said = Backend.JSON.readTree(answer.body());
        // Of what fails in the commit itself Keycloak tells.
        assertThat(said.path("type").asText().equals("urn:sekisho:problem:storage")
                        || said.path("error").asText().equals("unknown_error"))
                .as(answer.statusCode() + " " + answer.body())
                .isTrue();
        throw new NoAnswer(Turn.REFUSED);
    }

    @Override
    public void verify() throws Exception {
        for (int asked = 0; !unfinished.isEmpty(); asked++) {
            assertThat(goOn(unfinished.remove()) == Turn.DONE || asked < PATIENCE)
                    .as("the app asks again")
                    .isTrue();
        }
        assertThat(all).isNotEmpty().allMatch(order -> order.ended);
        assertThat(all).extracting(Order::id).doesNotHaveDuplicates();
        for (Owner owner : owners) {
            List<Order> own =
                    all.stream().filter(order -> order.owner.equals(owner)).toList();
            List<Tables.Record> records = world.records(owner.customer());
            for (Order order : own) {
                assertThat(records)
                        .as("written once each: " + order.answer)
                        .filteredOn(record -> record.content().contains(order.id()))
                        .extracting(Tables.Record::result)
                        .containsExactlyInAnyOrderElementsOf(written(order));
            }
            Told told = new Told(world, owner.customer(), owner.id());
            told.everything();
            assertThat(told.of(Notice.TRADED))
                    .as("one notice of each order that was executed: " + owner.customer())
                    .isEqualTo(own.stream().filter(Order::told).count());
        }
        for (Order order : all) {
            assertThat(Backend.read(backend.propose(token, order.request), 200).path("operation"))
                    .as("asked again")
                    .isEqualTo(order.answer.path("operation"));
            assertThat(backend.redeem(
                                    token,
                                    order.answer,
                                    order.answer.path("digest").asText())
                            .statusCode())
                    .as("redeemed once")
                    .isEqualTo(409);
        }
        assertThat(world.tables().operations(backend.client()))
                .as("rows: as many as ids")
                .hasSize(all.size())
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .map(order -> order.id() + ' ' + order.result)
                        .toList());
    }

    private static List<String> written(Order order) {
        List<String> results = new ArrayList<>(List.of(order.toConfirm ? "PENDING" : "ADMITTED"));
        if (order.toConfirm) {
            results.add("CONFIRMED");
        }
        results.addAll(List.of("REDEEMED", order.result));
        return results;
    }
}
