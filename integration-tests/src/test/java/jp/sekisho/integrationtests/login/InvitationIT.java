package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is invited to an organization is told without a link, and asked at his next login. */
// JP25-6
@LoginTest(World.Setup.JP_2025)
class InvitationIT {

    private static final String TOLD = "お手続きのお願い";
    private static final String FORM = "#sekisho-invitation-form";

    private final World world;
    private Organizations organizations;

    InvitationIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void theRealmHasOrganizations() {
        organizations = Organizations.in(world);
    }

    @AfterEach
    void andHasNoneAnyMore() {
        organizations.close();
    }

    @Test
    void whoIsInvitedToOrganizationsAcceptsOrDeclinesAtTheNextLogin() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        List<String> inviting = List.of(organizations.found("yamada"), organizations.found("suzuki"));
        for (String organization : inviting) {
            assertThat(organizations.invite(organization, customer.email())).isTrue();
            assertThat(world.admin().get(organization + "/invitations").findValuesAsText("inviteLink"))
                    .as("a link that somebody could follow as the customer")
                    .isEmpty();
        }
        assertThat(organizations.invite(inviting.get(0), "nobody@example.com")).isFalse();
        world.awaitTold(customer, TOLD);
        for (Mail mail : world.mailsTo(customer)) {
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href", "key=");
        }

        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        Page first = invited(login(owner, passkey));
        String name = name(first);
        String id = first.document().select("input[name=invitation]").val();
        Page unanswered = first.submit(FORM, Map.of());
        assertThat(name(unanswered)).isEqualTo(name);
        Page second = unanswered.submit(FORM, Map.of("answer", "accept"));
        assertThat(name(invited(second))).isNotEqualTo(name);
        Page again = second.submit(FORM, Map.of("invitation", id, "answer", "decline"));
        assertThat(name(again)).as("answered was the one before").isEqualTo(name(second));
        Page in = again.submit(FORM, Map.of("answer", "decline"));

        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(joined(customer)).containsExactly(name);
        assertThat(login(owner, passkey).kind()).as("asked once").isEqualTo(Kind.APP);
    }

    @Test
    void inASessionThatIsHeldItWaits() throws Exception {
        Customer customer = world.customer();
        SoftPasskey provisional = world.passkey(customer);
        world.tables()
                .provisional(
                        world.realmId(),
                        world.id(customer),
                        provisional.id(),
                        Instant.now().plus(Duration.ofDays(1)));
        SoftPasskey full = world.passkey(customer);
        assertThat(organizations.invite(organizations.found("tanaka"), customer.email()))
                .isTrue();

        Page held = world.visitor(Origin.TOKYO_HOME)
                .openLogin()
                .passkey(provisional)
                .submit("#sekisho-provisional-form", Map.of("read", "true"));

        Jp2025IT.entered(held);
        assertThat(joined(customer)).isEmpty();
        Page in = invited(login(world.visitor(Origin.TOKYO_HOME), full)).submit(FORM, Map.of("answer", "accept"));
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(joined(customer)).containsExactly("tanaka");
    }

    @Test
    void theAnswerOfWhoseAddressIsNotKnownToBeHisAnyMoreWaitsAndHisLoginGoesOn() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        assertThat(organizations.invite(organizations.found("sato"), customer.email()))
                .isTrue();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        Page asked = invited(login(owner, passkey));
        verified(customer, false);

        Page in = asked.submit(FORM, Map.of("answer", "accept"));

        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        assertThat(joined(customer)).isEmpty();
        verified(customer, true);
        invited(login(owner, passkey));
    }

    private void verified(Customer customer, boolean yes) {
        ObjectNode user = (ObjectNode) world.user(customer);
        world.admin().put(World.realm("/users/" + world.id(customer)), user.put("emailVerified", yes));
    }

    private List<String> joined(Customer customer) {
        List<String> names = new ArrayList<>();
        world.admin()
                .get(World.realm("/organizations/members/" + world.id(customer) + "/organizations"))
                .forEach(organization -> names.add(organization.path("name").asText()));
        return names;
    }

    /** The page of it, or the app. */
    private static Page login(Visitor visitor, SoftPasskey passkey) {
        visitor.forgetSession();
        Page page = visitor.openLogin().passkey(passkey);
        return page.kind() == Kind.REMEMBER ? page.remember(true) : page;
    }

    private static Page invited(Page page) {
        assertThat(page.shows(FORM)).as(page.toString()).isTrue();
        return page;
    }

    private static String name(Page page) {
        return page.document().select("#sekisho-organization").text();
    }
}
