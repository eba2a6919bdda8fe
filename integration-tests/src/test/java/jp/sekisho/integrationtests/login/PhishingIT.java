package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.proxy.PhishingProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A phisher relays every page and every word in real time: the passwords and codes of his victims get him in, their passkeys do not. */
// JP25-1, JP25-3, JP25-11
@LoginTest
class PhishingIT {

    private final World world;
    private PhishingProxy phisher;

    PhishingIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void imitate() {
        phisher = PhishingProxy.start(Ports.free(), world.base(), Origin.TOKYO_HOME);
    }

    @AfterEach
    void stop() {
        phisher.close();
    }

    /** Why JP25-3 does not take it for phishing-resistant. */
    @Test
    void whoTypesPasswordAndCodeIntoTheFalsePageHasGivenHisSessionAway() throws Exception {
        Customer customer = world.customer();
        try (Browser victim = Browser.start("ja")) {
            victim.open(phisher.lure(world.app().loginPage(Map.of())));
            victim.type("#username", customer.username());
            victim.type("#password", customer.password());
            victim.follow("#kc-login");
            victim.type("#otp", world.otp(customer, 0));
            victim.follow("#kc-login");
            victim.follow("#sekisho-remember-no");

            assertThat(phisher.typed()).containsEntry("password", customer.password());
            assertThat(phisher.sessions()).as("the phisher is in").isNotEmpty();
        }
    }

    @Test
    void thePasskeyOfTheRealSiteGivesThePhisherNothing() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            owner.enrolPasskey(customer);
            Browser victim = owner.browser();
            victim.open(phisher.lure(world.app().loginPage(Map.of())));
            victim.type("#username", customer.username());
            victim.type("#password", customer.password());
            victim.follow("#kc-login");
            victim.await("the passkey's page", () -> victim.shows("#authenticateWebAuthnButton") ? true : null);
            assertThat(victim.url()).startsWith(phisher.lure(world.base()).toString());
            victim.follow("#authenticateWebAuthnButton");

            assertThat(victim.text())
                    .as("the browser has no passkey for that name")
                    .contains("もう一度お試しください");
            assertThat(phisher.typed()).as("the password was his").containsEntry("password", customer.password());
            assertThat(phisher.sessions()).as("and got him nowhere").isEmpty();
        }
    }
}
