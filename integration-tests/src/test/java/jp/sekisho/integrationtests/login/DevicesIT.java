package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** What makes a device known, and what ends that. */
// FFAJ-1.2-B2
@LoginTest
class DevicesIT {

    private final World world;

    DevicesIT(World world) {
        this.world = world;
    }

    @Test
    void twoCustomersInOneBrowserAreEachKnownAfterTheirOwnVerification() throws Exception {
        Customer hanako = world.customer();
        Customer taro = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        assertThat(browser.enrol(hanako).kind()).isEqualTo(Kind.APP);
        assertThat(browser.logIn(taro).kind()).isEqualTo(Kind.OTP);
        assertThat(browser.enrol(taro).kind()).isEqualTo(Kind.APP);
        assertThat(browser.logIn(hanako).kind()).isEqualTo(Kind.APP);
        assertThat(browser.logIn(taro).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aBrowserWithoutItsCookiesIsANewDevice() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        assertThat(browser.enrol(customer).kind()).isEqualTo(Kind.APP);
        browser.cookies().remove(Tables.cookieName(world.realmId()));
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.OTP);
    }

    @Test
    void theTokenIsReplacedAtEachLoginAndIsOutOfReachOfScripts() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        Page in = browser.enrol(customer);
        assertThat(in.response().headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("__Host-sekisho-device-"))
                .singleElement()
                .asString()
                .contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/")
                .doesNotContain("Domain");
        String first = browser.cookies().get(Tables.cookieName(world.realmId()));
        browser.logIn(customer);
        assertThat(browser.cookies().get(Tables.cookieName(world.realmId()))).isNotEqualTo(first);
    }

    @Test
    void aStolenTokenThatComesBackEndsTheTrustOfAllWhoSharedTheBrowser() throws Exception {
        Customer hanako = world.customer();
        Customer taro = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        browser.enrol(hanako);
        browser.enrol(taro);
        Visitor thief = world.visitor(Origin.LAGOS).withDeviceOf(browser);
        assertThat(browser.logIn(hanako).kind()).as("replaces the token").isEqualTo(Kind.APP);
        assertThat(browser.logIn(hanako).kind()).as("shows the new one").isEqualTo(Kind.APP);
        world.tables().rotatedEarlier(browser.cookies().get(Tables.cookieName(world.realmId())), Duration.ofMinutes(2));

        assertThat(thief.logIn(hanako).kind()).isIn(Kind.OTP, Kind.REFUSED);
        assertThat(browser.logIn(hanako).kind()).isEqualTo(Kind.OTP);
        assertThat(browser.logIn(taro).kind()).isEqualTo(Kind.OTP);
        for (Customer each : new Customer[] {hanako, taro}) {
            assertThat(world.inbox()
                            .await(
                                    mail -> mail.to().equals(each.email())
                                            && mail.subject().contains("端末の登録を無効に"),
                                    World.SOON))
                    .as(each.username())
                    .isPresent();
        }
    }

    @Test
    void aDeviceIsKnownForNinetyDaysHoweverOftenItIsUsed() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        browser.enrol(customer);
        world.tables().trustedEarlier(world.realmId(), world.id(customer), Duration.ofDays(89));
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.APP);
        world.tables().trustedEarlier(world.realmId(), world.id(customer), Duration.ofDays(1));
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.OTP);

        // Verified anew, it is known again.
        assertThat(browser.enrol(customer, 1).kind()).isEqualTo(Kind.APP);
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.APP);
    }

    @Test
    void aTabThatWasOnItsWayKeepsItsDevice() throws Exception {
        Customer customer = world.customer();
        Visitor browser = world.visitor(Origin.TOKYO_HOME);
        browser.enrol(customer);
        Visitor secondTab = world.visitor(Origin.TOKYO_HOME).withDeviceOf(browser);
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.APP);
        assertThat(secondTab.logIn(customer).kind()).isEqualTo(Kind.APP);
        assertThat(browser.logIn(customer).kind()).isEqualTo(Kind.APP);
    }
}
