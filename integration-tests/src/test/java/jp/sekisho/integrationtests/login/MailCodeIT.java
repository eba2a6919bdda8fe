package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A customer without an authenticator app is sent a code: good once, in the session that asked, for that session only. */
// JP25-3, JP25-6
@LoginTest
class MailCodeIT {

    private static final String NO_CODE = "12345678";

    private final World world;

    MailCodeIT(World world) {
        this.world = world;
    }

    @Test
    void theCodeOfTheMailLetsInForThisSessionOnly() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.logIn(customer);
        assertThat(asked.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(asked.text()).contains("***").doesNotContain(customer.email());
        String code = world.mailCode(customer, 1);
        Mail mail = world.mailsTo(customer).get(0);
        assertThat(mail.text() + mail.html()).doesNotContain("http", "href");

        Page wrong = asked.mailCode(code.equals(NO_CODE) ? "87654321" : NO_CODE);
        assertThat(wrong.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(wrong.document().select("#code-error").text()).isNotEmpty();
        Page in = wrong.mailCode(fullWidth(code.substring(0, 4)) + " " + code.substring(4));
        assertThat(in.kind())
                .as("full-width digits and a space are what phones make of codes")
                .isEqualTo(Kind.APP);

        App.Tokens tokens = in.tokens();
        assertThat(tokens.idClaims().path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
        assertThat(tokens.idClaims().path("amr").toString()).contains("pwd", "otp");
        assertThat(world.records(customer))
                .extracting(Tables.Record::kind, Tables.Record::result)
                .containsExactly(tuple("DECISION", "PENDING"), tuple("RESULT", "FAILED"), tuple("RESULT", "ADMITTED"));
        assertThat(world.tables().sessionNote(tokens.idClaims().path("sid").asText(), "sekisho.held-until"))
                .as("held: nothing is changed or moved with it for a day")
                .isNotEmpty();

        assertThat(visitor.logIn(customer).kind())
                .as("a mail code does not make a device known")
                .isEqualTo(Kind.MAIL_CODE);
    }

    @Test
    void aCodeSentAgainEndsTheOneBefore() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page asked = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        String first = world.mailCode(customer, 1);
        Page again = asked.resendMailCode();
        String second = world.mailCode(customer, 2);
        assertThat(again.document().select("#sekisho-notice").text()).contains("再送しました");

        Page old = again.mailCode(first);
        assertThat(old.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(old.mailCode(second).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aCodeIsGoodInTheSessionThatAskedForIt() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page victim = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        String code = world.mailCode(customer, 1);
        Page stranger = world.visitor(Origin.LAGOS).logIn(customer);
        world.mailCode(customer, 2);

        assertThat(stranger.mailCode(code).kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(victim.mailCode(code).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aPageThatIsLoadedAgainSendsNoSecondMail() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.logIn(customer);
        String code = world.mailCode(customer, 1);
        Page again = asked.reload();
        assertThat(again.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(world.mailsTo(customer)).hasSize(1);
        assertThat(again.mailCode(code).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void whereTheMailServerIsDownThePageSaysSo() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        world.inbox().stopReceiving();
        Page asked;
        try {
            asked = visitor.logIn(customer);
        } finally {
            world.inbox().startReceiving();
        }
        assertThat(asked.kind()).isEqualTo(Kind.MAIL_CODE);
        assertThat(asked.document().select("#code-error").text()).contains("お送りできません");
        assertThat(asked.text()).as("and not that one was sent").doesNotContain("確認コードをお送りしました");
        Page sent = asked.resendMailCode();
        assertThat(sent.mailCode(world.mailCode(customer, 1)).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void mailsAreLimitedToo() throws Exception {
        Customer customer = world.customerWithoutApp();
        Page page = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        for (int resend = 1; resend <= 4; resend++) {
            page = page.resendMailCode();
            assertThat(page.kind()).isEqualTo(Kind.MAIL_CODE);
        }
        assertThat(page.resendMailCode().kind()).isEqualTo(Kind.LOCKED);
        assertThat(world.mailsTo(customer)).hasSize(5);
    }

    @Test
    void anAppThatAsksForMoreThanThePasswordGetsIt() throws Exception {
        Customer customer = world.customerWithoutApp();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page asked = visitor.openLogin(Map.of("acr_values", "urn:sekisho:acr:phishing-resistant"))
                .password(customer.username(), customer.password());
        assertThat(asked.kind()).as("no passkey, so no way").isEqualTo(Kind.FINAL_REFUSAL);
    }

    private static String fullWidth(String digits) {
        StringBuilder wide = new StringBuilder();
        digits.chars().forEach(digit -> wide.append((char) (digit - '0' + '０')));
        return wide.toString();
    }
}
