package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.doors.SideDoors.Answer;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;

/** A customer who was in when he was locked or frozen, and then tries each door with what is right. */
final class StoppedCustomer {

    enum Stopped {
        /** By wrong codes behind his right password. */
        LOCKED,
        /** Keycloak's user is enabled still: the row alone. */
        FROZEN
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NEW_PASSWORD = "Kasumi-ga-ura-22000";
    private static final String WRONG = "Not-the-password-1";
    private static final int CODES = 10;
    private static final int THROTTLE = 5;

    private final World world;
    private final Map<String, Page> pages = new TreeMap<>();

    StoppedCustomer(World world) {
        this.world = world;
    }

    /** By the names of the requests in the table of side doors. */
    Map<String, Answer> answers(Stopped how) throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = owner.enrol(customer).tokens();
        Doors doors = Doors.of(world, owner, tokens);
        for (Map.Entry<String, Doors.Door> door : doors.all().entrySet()) {
            assertThat(door.getValue().open()).as(door.getKey() + " before").isTrue();
        }
        Page begun = action(world.visitor(Origin.TOKYO_HOME), customer)
                .otp(world.otp(customer, 1))
                .remember(false);
        assertThat(begun.kind()).as(begun.text()).isEqualTo(Kind.NEW_PASSWORD);
        Page last = wrongCodes(customer);
        String code = owner.copy().openLogin().code().orElseThrow();
        String letter = Letters.ofTwo(world, customer);
        if (how == Stopped.LOCKED) {
            assertThat(last.otp("abcdef").kind()).isEqualTo(Kind.LOCKED);
        } else {
            world.tables().frozen(world.realmId(), world.id(customer));
        }
        world.tables().endThrottles(world.realmId());

        Map<String, Answer> answers = new TreeMap<>();
        answers.put("code", code(code));
        pages.put("login", on(owner).logIn(customer));
        pages.put("wrong-password", on(owner).logIn(customer, WRONG));
        pages.put("required-action", action(on(owner), customer));
        pages.put("reset", reset(on(owner), customer));
        pages.put("letter", letter(customer, letter));
        pages.forEach((at, page) -> answers.put(at, seen(page)));
        for (Map.Entry<String, Doors.Door> door : doors.all().entrySet()) {
            answers.put(door.getKey(), passes(door.getValue().open()));
        }
        answers.put("stock-account-change", passes(doors.removeApp(world.id(customer))));
        JsonNode before = credentials(customer);
        begun.submit("#kc-passwd-update-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        answers.put("required-action-begun", passes(!credentials(customer).equals(before)));
        if (how == Stopped.FROZEN) {
            answers.put("stock-account", onceBroughtAbout(customer, owner, tokens, doors));
        }
        return answers;
    }

    /** What he stood before where the answer was a page. */
    Map<String, Page> pages() {
        return pages;
    }

    /** All but one of those that lock; the page that asks for the next. */
    private Page wrongCodes(Customer customer) throws Exception {
        Visitor stranger = world.visitor(Origin.OSAKA_MOBILE);
        Page page = stranger.logIn(customer);
        for (int code = 1; code < CODES; code++) {
            page = page.otp("abcdef");
            if (code >= THROTTLE) {
                world.tables().endThrottles(world.realmId());
                page = stranger.logIn(customer);
            }
            assertThat(page.kind()).as(page.text()).isEqualTo(Kind.OTP);
        }
        return page;
    }

    /** What it gives is worth what it opens. */
    private Answer code(String code) throws Exception {
        try {
            return passes(world.app().userInfo(world.app().exchange(code).access()) == 200);
        } catch (IllegalStateException refused) {
            return Answer.NOTHING;
        }
    }

    /** His own device, on which he is known. */
    private Visitor on(Visitor owner) {
        return world.visitor(Origin.TOKYO_HOME).withDeviceOf(owner);
    }

    private static Page action(Visitor visitor, Customer customer) {
        return visitor.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"))
                .password(customer.username(), customer.password());
    }

    private Page reset(Visitor visitor, Customer customer) throws Exception {
        return visitor.openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username()))
                .submit("#sekisho-reset-code-form", Map.of("code", world.mailCode(customer, 1)));
    }

    private Page letter(Customer customer, String code) {
        return world.visitor("203.0.113.77", Visitor.CHROME)
                .openLogin()
                .follow("a[href*=reset-credentials]")
                .submit("#sekisho-reset-name-form", Map.of("username", customer.username(), "letter", "true"))
                .submit("#sekisho-letter-form", Map.of("code", code));
    }

    /** Keycloak's own interface does not read the row: its sessions end behind a freeze, within seconds. */
    private Answer onceBroughtAbout(Customer customer, Visitor owner, App.Tokens tokens, Doors doors) throws Exception {
        world.tables().forgetFreezes(world.id(customer));
        assertThat(owner.call(
                                "POST",
                                world.base().resolve("/realms/broker/sekisho/account/freeze"),
                                tokens.access(),
                                "{\"operation\":\"ALL\"}")
                        .statusCode())
                .isEqualTo(204);
        Instant until = Instant.now().plus(World.SOON);
        Doors.Door door = doors.all().get("stock-account");
        boolean open = door.open();
        while (open && Instant.now().isBefore(until)) {
            open = door.open();
        }
        return passes(open);
    }

    private JsonNode credentials(Customer customer) {
        return world.admin().get(World.realm("/users/" + world.id(customer) + "/credentials"));
    }

    private static Answer seen(Page page) {
        boolean over = page.kind() == Kind.FINAL_REFUSAL && !page.shows("form[method=post]");
        if (over || page.kind() == Kind.LOCKED || page.shows("#sekisho-frozen")) {
            return Answer.TOLD;
        }
        return passes(
                switch (page.kind()) {
                    case APP -> page.code().isPresent();
                    case OTP, MAIL_CODE, REMEMBER, NEW_PASSWORD -> true;
                    default -> page.shows("#sekisho-reset-password-form") || page.shows("#registerWebAuthn");
                });
    }

    private static Answer passes(boolean open) {
        return open ? Answer.PASSES : Answer.NOTHING;
    }
}
