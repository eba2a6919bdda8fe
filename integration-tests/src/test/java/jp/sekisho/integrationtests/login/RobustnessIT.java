package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** What browsers, customers and strangers do to a login. */
@LoginTest
class RobustnessIT {

    private final World world;

    RobustnessIT(World world) {
        this.world = world;
    }

    @Test
    void twoTabsOfOneBrowser() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        Page one = browser.openLogin();
        Page two = browser.openLogin();
        Page oneAsked = one.password(customer.username(), customer.password());
        Page twoAsked = two.password(customer.username(), customer.password());
        assertThat(oneAsked.kind()).isEqualTo(Kind.OTP);
        assertThat(twoAsked.kind()).isEqualTo(Kind.OTP);
        assertThat(twoAsked.otp(world.otp(customer, 0)).remember(true).kind()).isEqualTo(Kind.APP);
        Page left = oneAsked.otp(world.otp(customer, 1));
        assertThat(left.kind())
                .as("a code of its own, on a device that the other tab made known")
                .isEqualTo(Kind.APP);
        assertThat(left.tokens().idClaims().path("amr").toString()).contains("pwd", "otp");
        assertThat(world.records(customer))
                .filteredOn(record -> record.result().equals("ADMITTED"))
                .as("each tab has a record of its own")
                .hasSize(2);
    }

    @Test
    void theBackButtonLeadsBackIntoTheLogin() throws Exception {
        Customer customer = world.customer();
        Page form = world.visitor(Origin.TOKYO_HOME).openLogin();
        Page asked = form.password(customer.username(), customer.password());
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
        Page expired = form.password(customer.username(), customer.password());
        assertThat(expired.code()).isEmpty();
        Page again = expired.follow("#loginContinueLink");
        assertThat(again.kind()).isEqualTo(Kind.OTP);
        assertThat(again.otp(world.otp(customer, 0)).remember(false).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aCookieOfEightKilobytesIsANewDeviceAndNoError() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        browser.cookies().put(Tables.cookieName(world.realmId()), "a".repeat(8 * 1024));
        Page asked = browser.openLogin().password(customer.username(), customer.password());
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
    }

    @Test
    void aCustomerWhoIsRemovedInTheMiddleOfHisLoginGetsAPage() throws Exception {
        Customer customer = world.customer();
        Page asked = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        world.admin().delete(World.realm("/users/" + world.id(customer)));
        Page gone = asked.otp(world.otp(customer, 0));
        assertThat(gone.status()).isBetween(200, 499);
        assertThat(gone.code()).isEmpty();
    }

    @Test
    void aCustomerWhoIsDisabledInTheMiddleOfHisLoginDoesNotComeIn() throws Exception {
        Customer customer = world.customer();
        Page asked = world.visitor(Origin.TOKYO_HOME).logIn(customer);
        world.admin().put(World.realm("/users/" + world.id(customer)), java.util.Map.of("enabled", false));
        Page refused = asked.otp(world.otp(customer, 0));
        assertThat(refused.status()).isBetween(200, 499);
        assertThat(refused.code()).isEmpty();
    }

    @Test
    void aForgedAddressIsNotBelieved() throws Exception {
        Customer customer = world.customer();
        Visitor stranger = world.visitor(Origin.LAGOS)
                .header("X-Forwarded-For", Origin.TOKYO_HOME.address())
                .header("Forwarded", "for=" + Origin.TOKYO_HOME.address());
        stranger.logIn(customer);
        assertThat(world.records(customer).get(0).content())
                .contains(Origin.LAGOS.address())
                .doesNotContain(Origin.TOKYO_HOME.address());
    }

    @Test
    void nonsenseInTheFormIsNoError() throws Exception {
        for (String name : new String[] {"x".repeat(5000), "\0", "' or 1=1 --", "<script>", "𠮷野家"}) {
            Page page = world.visitor("114.164.73." + Math.abs(name.hashCode() % 200), Visitor.CHROME)
                    .openLogin()
                    .password(name, "wrong");
            assertThat(page.status()).as(name).isLessThan(500);
            assertThat(page.code()).as(name).isEmpty();
        }
    }
}
