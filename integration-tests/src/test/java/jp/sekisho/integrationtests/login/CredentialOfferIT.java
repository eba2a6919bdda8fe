package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Verifiable credentials, on a server whose operator switched the feature on: offered without a link. */
// JP25-6
@LoginTest(World.Setup.JP_2025)
class CredentialOfferIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOLD = "電子証明書をご用意しました";
    private static final String FORM = "#sekisho-credential-offer-form";
    private static final String WALLET = "#sekisho-wallet";
    private static final List<String> CREDENTIALS = List.of("account-proof", "residence-proof");

    private final World world;
    private JsonNode realm;

    CredentialOfferIT(World world) {
        this.world = world;
    }

    @BeforeEach
    void theRealmOffersCredentials() {
        realm = world.admin().get(World.realm(""));
        ObjectNode issuing = realm.deepCopy();
        world.admin().put(World.realm(""), issuing.put("verifiableCredentialsEnabled", true));
        for (String credential : CREDENTIALS) {
            world.admin()
                    .post(
                            World.realm("/client-scopes"),
                            Map.of(
                                    "name",
                                    credential,
                                    "protocol",
                                    "oid4vc",
                                    "attributes",
                                    Map.of("vc.credential_configuration_id", credential)));
        }
    }

    @AfterEach
    void andDoesNotAnyMore() {
        for (JsonNode scope : world.admin().get(World.realm("/client-scopes"))) {
            if (CREDENTIALS.contains(scope.path("name").asText())) {
                world.admin()
                        .delete(World.realm("/client-scopes/" + scope.path("id").asText()));
            }
        }
        world.admin().put(World.realm(""), realm);
    }

    @Test
    void whatAnAdministratorOffersIsShownAtTheNextLoginOneAfterTheOtherAndOnce() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        for (String credential : CREDENTIALS) {
            grant(customer, credential);
            offer(customer, credential);
        }
        offer(customer, CREDENTIALS.get(0));
        world.awaitTold(customer, TOLD);
        for (Mail mail : world.mailsTo(customer)) {
            assertThat(mail.text() + mail.html()).doesNotContain("http", "href", "key=", "openid");
        }

        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        Page first = shown(login(owner, passkey));
        assertThat(first.text()).contains("電子証明書のお受け取り");
        assertThat(offered(first)).isEqualTo("residence-proof");
        Page anew = first.reload();
        assertThat(offered(anew)).isEqualTo("residence-proof");
        Page second = anew.submit(FORM, Map.of("answer", "continue"));
        assertThat(offered(second)).as("offered once more, and so later").isEqualTo("account-proof");
        Page in = second.submit(FORM, Map.of("answer", "continue"));

        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        assertThat(login(owner, passkey).kind()).as("once").isEqualTo(Kind.APP);
        assertThat(world.user(customer).path("requiredActions")).isEmpty();
    }

    @Test
    void anOfferIsReadInEitherLanguage() throws Exception {
        for (String locale : List.of("ja", "en")) {
            Customer customer = world.customer(locale, world.customer().totpKey());
            grant(customer, CREDENTIALS.get(0));
            offer(customer, CREDENTIALS.get(0));
            try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
                Browser browser = owner.browser();
                browser.hold(world.passkey(customer), world.keycloak().base().getHost(), world.id(customer));
                owner.openLogin(Map.of("ui_locales", locale));
                // The browser offers the passkey by itself.
                browser.await("#sekisho-remember-form");
                owner.remember();
                Pictures.take(owner, locale, "credential-offer");
                browser.follow("#sekisho-continue");
                assertThat(owner.inApp()).isNotEmpty();
            }
        }
    }

    @Test
    void whatEndedOrWasWithdrawnIsOfferedNoMore() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        grant(customer, "account-proof");
        offer(customer, "account-proof");
        world.tables().credentialOffersEnd(world.realmId(), world.id(customer), Instant.now());
        assertThat(login(owner, passkey).kind()).as("ended").isEqualTo(Kind.APP);

        offer(customer, "account-proof");
        world.admin().delete(credentials(customer) + "/account-proof");
        assertThat(login(owner, passkey).kind()).as("withdrawn").isEqualTo(Kind.APP);
        grant(customer, "account-proof");
        assertThat(login(owner, passkey).kind()).as("granted, but not offered").isEqualTo(Kind.APP);

        offer(customer, "account-proof");
        world.admin().put(World.realm(""), realm);
        assertThat(login(owner, passkey).kind()).as("the realm issues none").isEqualTo(Kind.APP);
        assertThat(world.user(customer).path("requiredActions")).isEmpty();
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
        grant(customer, "account-proof");
        offer(customer, "account-proof");

        Page held = world.visitor(Origin.TOKYO_HOME)
                .openLogin()
                .passkey(provisional)
                .submit("#sekisho-provisional-form", Map.of("read", "true"));

        Jp2025IT.entered(held);
        shown(login(world.visitor(Origin.TOKYO_HOME), full));
    }

    /** The page of it, or the app. */
    private static Page login(Visitor visitor, SoftPasskey passkey) {
        visitor.forgetSession();
        Page page = visitor.openLogin().passkey(passkey);
        return page.kind() == Kind.REMEMBER ? page.remember(true) : page;
    }

    private static Page shown(Page page) {
        assertThat(page.shows(FORM)).as(page.toString()).isTrue();
        return page;
    }

    /** What a wallet is told. */
    private static String offered(Page page) throws Exception {
        String link = shown(page).document().select(WALLET).attr("href");
        String told = URLDecoder.decode(link.substring(link.indexOf('=') + 1), StandardCharsets.UTF_8);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(told)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode offer = JSON.readTree(answer.body());
        assertThat(offer.path("grants").has("authorization_code"))
                .as(answer.body())
                .isTrue();
        return offer.at("/credential_configuration_ids/0").asText();
    }

    private void grant(Customer customer, String credential) {
        world.admin().post(credentials(customer), Map.of("credentialScopeName", credential));
    }

    private void offer(Customer customer, String credential) {
        world.admin()
                .put(credentials(customer) + "/send-credential-offer", Map.of("credentialConfigurationId", credential));
    }

    private String credentials(Customer customer) {
        return World.realm("/users/" + world.id(customer) + "/vc/credentials");
    }
}
