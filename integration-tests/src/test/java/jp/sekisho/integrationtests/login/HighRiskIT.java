package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** At HIGH the password tells nothing, and who knows it is remembered. */
// FFAJ-3-S1
@LoginTest
class HighRiskIT {

    /** What is different on each page of each session. */
    private static final Pattern OF_THE_SESSION = Pattern.compile(
            "(session_code|execution|tab_id|client_data|challenge|checkAuthSession)([=\":'>( \\n]+)[^&\"' ;<]+");

    private final World world;

    HighRiskIT(World world) {
        this.world = world;
    }

    @Test
    void theRefusalIsTheSameForRightWrongAndUnknownAndTheRightOneMustBeChanged() throws Exception {
        Customer customer = world.customer();
        Customer other = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        assertThat(owner.enrol(customer).kind()).isEqualTo(Kind.APP);
        alwaysAtHomeInTokyo(world, customer);
        alwaysAtHomeInTokyo(world, other);

        Page wrong = stranger().logIn(other, "Not-the-password-1");
        Page right = stranger().logIn(customer);
        assertThat(right.kind()).isEqualTo(Kind.REFUSED);
        assertThat(normalised(right)).isEqualTo(normalised(wrong));
        Page unknown = unknownNameOfSomebodySettled();
        assertThat(unknown.status()).isEqualTo(right.status());
        assertThat(normalised(unknown)).isEqualTo(normalised(right));
        assertThat(right.text()).doesNotContain(customer.username());
        assertThat(world.records(customer))
                .last()
                .extracting(Tables.Record::level, Tables.Record::result)
                .containsExactly("HIGH", "REFUSED");
        assertThat(last(customer).content()).contains("\"password-right\"");
        assertThat(last(other).content()).contains("\"password-wrong\"");
        assertThat(world.event(customer).path("type").asText()).isEqualTo("LOGIN_ERROR");
        assertThat(world.event(customer).path("error").asText())
                .isEqualTo(world.event(other).path("error").asText());
        assertThat(world.subjects(customer, 2)).last().asString().contains("ログイン");
        assertThat(world.mailsTo(other))
                .as("a wrong guess from afar is not told")
                .isEmpty();

        // Whoever comes in with it on the device that is known has to change it.
        Page forced = owner.logIn(customer);
        assertThat(forced.kind()).isEqualTo(Kind.NEW_PASSWORD);
        String changed = "Hamana-ko-65000";
        Page in = forced.submit("#kc-passwd-update-form", Map.of("password-new", changed, "password-confirm", changed));
        assertThat(in.kind()).isEqualTo(Kind.APP);
        assertThat(world.event(customer).path("type").asText()).isEqualTo("LOGIN");
        assertThat(world.event(customer).at("/details/sekisho_decision").asText())
                .as("also after what had to be done first")
                .isEqualTo(last(customer).id());
        world.awaitTold(customer, "パスワード変更のお知らせ");
        assertThat(owner.logIn(customer, changed).kind()).as("once is enough").isEqualTo(Kind.APP);
    }

    private Tables.Record last(Customer customer) throws Exception {
        return world.records(customer).get(world.records(customer).size() - 1);
    }

    private Visitor stranger() {
        return world.visitor(Origin.US_HOSTING.address(), Visitor.SAFARI);
    }

    static String normalised(Page page) {
        return OF_THE_SESSION.matcher(page.document().outerHtml()).replaceAll("$1");
    }

    /** Like customers, a few of the names that nobody has are newcomers: those are asked, not refused. */
    private Page unknownNameOfSomebodySettled() throws Exception {
        for (int name = 0; name < 40; name++) {
            Page page = stranger().openLogin().password("nobody-at-all-" + name, "Not-the-password-1");
            if (page.kind() == Kind.REFUSED) {
                return page;
            }
            assertThat(page.kind()).isEqualTo(Kind.PASSWORD);
        }
        throw new AssertionError("no unknown name is refused where customers are");
    }

    /** Thirty logins from home, all with the same browser. */
    static void alwaysAtHomeInTokyo(World world, Customer customer) throws Exception {
        Map<String, String> usual = new HashMap<>(World.USUAL);
        usual.put("ADDRESS", "JP|4713|114.164.71.0/24|114.164.71.119");
        usual.put("DEVICE_RETURNED", "");
        world.settled(customer, usual);
    }
}
