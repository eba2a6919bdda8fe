package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** The code of a notice freezes without a login, once, and the page says the same whatever is typed. */
// JP25-8, JP25-9
@LoginTest
class StopCodeIT {

    private static final Pattern CODE =
            Pattern.compile("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");
    private static final String FORM = "#sekisho-stop-form";
    private static final String DONE = "#sekisho-stop-done";
    private static final String WAIT = "#sekisho-stop-wait";
    private static final String FROZEN = "#sekisho-frozen";

    private final World world;

    StopCodeIT(World world) {
        this.world = world;
    }

    @Test
    void theCodeOfANoticeFreezesOnceWithoutALogin() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        world.subjects(customer, 1);
        Mail mail = world.mailsTo(customer).get(0);
        String code = code(mail);
        assertThat(mail.html()).contains(code);

        Visitor elsewhere = world.visitor("203.0.113.17", Visitor.SAFARI);
        Page login = elsewhere.openLogin();
        Page form = login.follow("#sekisho-stop");
        assertThat(form.status()).isEqualTo(200);
        assertThat(form.text()).contains("緊急停止", "お問い合わせ窓口");
        Page wrong = form.submit(FORM, Map.of("code", "0123-4567-89AB"));
        assertThat(wrong.shows(DONE)).isTrue();
        Page nothing = stop(elsewhere, "' or 1=1 --");
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);

        Page right = stop(elsewhere, code.toLowerCase(Locale.ROOT).replace("-", " "));

        assertThat(List.of(wrong.text(), nothing.text())).containsOnly(right.text());
        assertThat(home.logIn(customer).shows(FROZEN)).isTrue();
        world.awaitTold(customer, "ログインとお取引を停止したお知らせ");
        World.await("disabled", () -> !world.user(customer).path("enabled").asBoolean());
        assertThat(world.tables().evidence(world.realmId(), "FREEZE"))
                .anyMatch(row -> row.contains("\"result\":\"STOP_CODE\"") && !row.contains(code));

        world.tables().forgetFreezes(world.id(customer));
        enable(customer);
        Page used = stop(elsewhere, code);
        assertThat(used.text()).isEqualTo(right.text());
        assertThat(home.logIn(customer).kind()).as("a code is good once").isEqualTo(Kind.APP);
    }

    @Test
    void aFormWithoutItsTokenStopsNobody() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        world.subjects(customer, 1);
        Page form = page(home);
        Page foreign =
                form.submit(FORM, Map.of("code", code(world.mailsTo(customer).get(0)), "token", "x"));
        assertThat(foreign.shows(FORM)).isTrue();
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void whoTypedManyWrongOnesWaitsWhateverHeTypesAndARightOneStopsAfterTheWait() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        world.subjects(customer, 1);
        String code = code(world.mailsTo(customer).get(0));
        Visitor shared = world.visitor("203.0.113.18", Visitor.SAFARI);
        int heard = guessers();
        String answer = "";
        for (int guess = 1; guess <= 10; guess++) {
            answer = stop(shared, "0000-0000-00" + guess % 10 + (guess / 10)).text();
        }
        assertThat(guessers() - heard).as("the desk hears of it, once").isEqualTo(1);
        world.tables().waitsUntil(world.realmId(), "stop-code", Instant.now().plusSeconds(3600));

        Page waits = page(shared).submit(FORM, Map.of("code", code));
        assertThat(waits.shows(WAIT)).as(waits.text()).isTrue();
        assertThat(waits.text()).contains("お問い合わせ窓口");
        assertThat(neutral(page(shared).submit(FORM, Map.of("code", "0000-0000-0000"))))
                .as("whatever is typed")
                .isEqualTo(neutral(waits));
        assertThat(home.logIn(customer).kind()).as("nothing was looked at").isEqualTo(Kind.APP);
        stop(world.visitor("203.0.113.20", Visitor.SAFARI), "0000-0000-0000");

        world.tables().waitsUntil(world.realmId(), "stop-code", Instant.EPOCH);
        assertThat(stop(shared, code).text()).isEqualTo(answer);

        assertThat(home.logIn(customer).shows(FROZEN)).isTrue();
        assertThat(world.tables().tries(world.realmId(), "stop-code"))
                .as("a right one is no wrong one: of its address, of the other one, in all")
                .containsExactlyInAnyOrder(10, 1, 11);
        assertThat(guessers() - heard).isEqualTo(1);
    }

    /** Without the token of the form, which is another one each time. */
    private static String neutral(Page page) {
        return page.status() + page.text();
    }

    private int guessers() throws Exception {
        return world.tables().alarmsOfASource(world.realmId(), "stop-codes-tried");
    }

    @Test
    void ofManyTriesAtOnceNoMoreAreLookedAtThanTheLimitLetsThroughAndNoneIsLost() throws Exception {
        int heard = guessers();
        int looked = 0;
        for (int round = 0; round < 5; round++) {
            List<Page> forms = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                forms.add(page(world.visitor("203.0.113.19", Visitor.SAFARI)));
            }
            List<Page> answers = AtOnce.post(forms, form -> form.submit(FORM, Map.of("code", "0000-0000-0000")));
            assertThat(answers).allMatch(answer -> answer.shows(DONE) || answer.shows(WAIT));
            looked +=
                    (int) answers.stream().filter(answer -> answer.shows(DONE)).count();
        }
        // Ten, and one more each time that the machine was slower than a wait.
        assertThat(looked).isBetween(10, 15);
        assertThat(world.tables().tries(world.realmId(), "stop-code")).contains(looked);
        assertThat(guessers() - heard).isEqualTo(1);
    }

    private Page page(Visitor visitor) {
        return page(world, visitor);
    }

    private static Page page(World world, Visitor visitor) {
        return visitor.get(world.base().resolve("/realms/broker/sekisho/stop"));
    }

    private Page stop(Visitor visitor, String code) {
        return stop(world, visitor, code);
    }

    static Page stop(World world, Visitor visitor, String code) {
        Page done = page(world, visitor).submit(FORM, Map.of("code", code));
        assertThat(done.shows(DONE)).as(done.text()).isTrue();
        return done;
    }

    private void enable(Customer customer) {
        ObjectNode user = (ObjectNode) world.user(customer);
        user.put("enabled", true);
        world.admin().put(World.realm("/users/" + world.id(customer)), user);
    }

    static String code(Mail mail) {
        Matcher code = CODE.matcher(mail.text());
        assertThat(code.find()).as(mail.text()).isTrue();
        return code.group();
    }
}
