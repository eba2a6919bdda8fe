package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.demo.tour.Authenticator;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Who comes from an identity provider with the address of a customer is linked to him by a code that he types, never by a link. */
// JP25-6
@LoginTest
class IdentityLinkIT {

    private static final String ELSEWHERE = "elsewhere";
    private static final String CODE = "#sekisho-reset-code-form";
    private static final String PROVIDERS = World.realm("/identity-provider/instances");
    private static final String FLOWS = World.realm("/authentication/flows");

    private final World world;

    IdentityLinkIT(World world) {
        this.world = world;
    }

    @Test
    void theCodeAndTheStrongestFactorThatTheCustomerHoldsLinkHim() throws Exception {
        Customer mailOnly = world.customerWithoutApp();
        Customer holder = world.customer();
        Customer automatic = world.customerWithoutApp();
        // Whom nobody knows has a history that may refuse him: drawn by his name, and another one in each realm.
        Customer seen = world.customerWithoutApp();
        elsewhere(mailOnly.email(), holder.email(), automatic.email(), seen.email(), "nobody@example.com");
        try {
            String page = byCodeAlone(mailOnly);
            byCodeAndApp(holder);
            whoIsFrozenIsNotLinked();
            whoIsNoCustomerSees(page);
            for (String locale : List.of("ja", "en")) {
                pictureOfTheCode(seen, locale);
            }
            pastTheCheckpointNothingIsLinked(automatic);
        } finally {
            world.admin().delete(PROVIDERS + "/" + ELSEWHERE);
            world.admin().delete("/admin/realms/" + ELSEWHERE);
        }
    }

    /** Who begins as one customer and comes back from the provider as another one is judged as that one. */
    @Test
    void nothingOfWhoBeganInTheTabIsHisWhomTheProviderNames() throws Exception {
        Customer first = world.customerWithoutApp();
        Customer linked = world.customer();
        elsewhere(linked.email());
        try {
            link(linked);
            Wanderer wanderer = new Wanderer(world.base());
            HttpResponse<String> code = wanderer.submit(
                    wanderer.get(world.app().loginPage(Map.of())),
                    "#kc-form-login",
                    Map.of("username", first.username(), "password", first.password()));
            String action = Jsoup.parse(code.body(), code.uri().toString())
                    .selectFirst("#sekisho-mail-code-form")
                    .absUrl("action");
            HttpResponse<String> form = wanderer.get(
                    URI.create(action.replaceFirst("/login-actions/authenticate", "/broker/" + ELSEWHERE + "/login")));
            HttpResponse<String> asked = wanderer.submit(
                    form, "#kc-form-login", Map.of("username", linked.email(), "password", World.SECRET));
            assertThat(asked.body()).contains("kc-otp-login-form");
            assertThat(world.records(linked))
                    .as("a decision of his own")
                    .filteredOn(record -> record.kind().equals("DECISION"))
                    .hasSize(1);
        } finally {
            world.admin().delete(PROVIDERS + "/" + ELSEWHERE);
            world.admin().delete("/admin/realms/" + ELSEWHERE);
        }
    }

    /** Who has no session comes from his provider, and confirms what his app asked about, in one request. */
    // JP25-11
    @Test
    void whoComesFromAProviderConfirmsWhatHisAppAsksAbout() throws Exception {
        Customer customer = world.customer();
        SoftPasskey passkey = world.passkey(customer);
        elsewhere(customer.email());
        try {
            link(customer);
            Backend backend = Backend.ofTheTradingApp(world);
            App.Tokens tokens = Jp2025IT.entered(
                            world.visitor(Origin.TOKYO_HOME).openLogin().passkey(passkey))
                    .tokens();
            JsonNode order = Backend.read(
                    backend.propose(
                            Backend.request(
                                    "TRADE",
                                    tokens,
                                    "{\"instrument\":\"USD/JPY\",\"side\":\"BUY\",\"positionEffect\":\"OPEN\",\"quantity\":\"10000\"}")),
                    200);
            assertThat(order.path("decision").asText()).as(order.toString()).isEqualTo("STEP_UP");
            world.admin().post(World.realm("/users/" + world.id(customer) + "/logout"), Map.of());

            Wanderer wanderer = new Wanderer(world.base());
            String id = order.path("operation").asText();
            HttpResponse<String> page = arrive(wanderer, world.app().pushed(ConfirmIT.request(id)), customer.email());
            assertThat(page.body()).as("he logs in first").doesNotContain("sekisho-operation\"");
            HttpResponse<String> login = byPasskey(wanderer, page, passkey);
            HttpResponse<String> shown = login.body().contains("sekisho-remember-form")
                    ? wanderer.submit(login, "#sekisho-remember-form", Map.of("remember", "no"))
                    : login;
            assertThat(text(shown)).contains("お手続きの内容のご確認", "USD/JPY");
            String end = end(byPasskey(wanderer, shown, passkey));
            assertThat(end).startsWith(world.app().callback());
            assertThat(backend.get(order).path("state").asText()).isEqualTo("CONFIRMED");
            App.Tokens confirmed = world.app().exchange(end.replaceAll(".*[?&]code=([^&]+).*", "$1"));
            assertThat(confirmed.idClaims().path("operation").asText()).isEqualTo(id);
            assertThat(confirmed.idClaims().path("acr").asText()).isEqualTo("urn:sekisho:acr:operation");
        } finally {
            world.admin().delete(PROVIDERS + "/" + ELSEWHERE);
            world.admin().delete("/admin/realms/" + ELSEWHERE);
        }
    }

    private HttpResponse<String> byPasskey(Wanderer wanderer, HttpResponse<String> page, SoftPasskey passkey)
            throws Exception {
        String challenge = Jsoup.parse(page.body())
                .selectFirst("#authenticateWebAuthnButton")
                .attr("data-challenge");
        return wanderer.submit(page, "form#webauth", passkey.answer(challenge, world.base()));
    }

    private void link(Customer customer) {
        String there = world.admin()
                .get("/admin/realms/" + ELSEWHERE + "/users?username=" + customer.email())
                .at("/0/id")
                .asText();
        world.admin()
                .post(
                        World.realm("/users/" + world.id(customer) + "/federated-identity/" + ELSEWHERE),
                        Map.of("userId", there, "userName", customer.email()));
    }

    /** @return the page that asks for the code */
    private String byCodeAlone(Customer customer) throws Exception {
        Wanderer wanderer = new Wanderer(world.base());
        HttpResponse<String> asked = arrive(wanderer, customer.email());
        assertThat(asked.body()).contains("ログイン連携の確認").doesNotContain(customer.email(), customer.username());
        String code = world.mailCode(customer, 1);
        Mail mail = world.mailsTo(customer).get(0);
        assertThat(mail.text() + mail.html()).contains("連携").doesNotContain("http", "href", customer.username());
        HttpResponse<String> wrong = wanderer.submit(asked, CODE, Map.of("code", "abcdefgh"));
        assertThat(wrong.body()).contains("code-error");
        assertThat(links(customer)).isZero();

        HttpResponse<String> in = wanderer.submit(wrong, CODE, Map.of("code", code));
        assertThat(end(in)).startsWith(world.app().callback());
        assertThat(links(customer)).isEqualTo(1);
        world.awaitTold(customer, "認証方法の変更");
        assertThat(world.records(customer))
                .as("the link, and the login after it")
                .filteredOn(record -> record.result().equals("ADMITTED"))
                .hasSize(2);
        String granted = end(in).replaceAll(".*[?&]code=([^&]+).*", "$1");
        String session = world.app().exchange(granted).idClaims().path("sid").asText();
        assertThat(world.tables().sessionNote(session, "sekisho.held-until"))
                .as("a mail alone vouches for the link")
                .isPresent();
        return text(asked);
    }

    private void byCodeAndApp(Customer customer) throws Exception {
        Wanderer wanderer = new Wanderer(world.base());
        HttpResponse<String> asked = arrive(wanderer, customer.email());
        HttpResponse<String> app = wanderer.submit(asked, CODE, Map.of("code", world.mailCode(customer, 1)));
        assertThat(app.body()).contains("kc-otp-login-form");
        assertThat(links(customer)).as("the code alone links nobody").isZero();
        HttpResponse<String> remember = wanderer.submit(
                app, "#kc-otp-login-form", Map.of("otp", new Authenticator(customer, Clock.systemUTC()).code(0)));
        assertThat(links(customer)).isEqualTo(1);
        HttpResponse<String> in = wanderer.submit(remember, "#sekisho-remember-form", Map.of("remember", "no"));
        assertThat(end(in)).as("not asked for it twice").startsWith(world.app().callback());
    }

    // JP25-8
    private void whoIsFrozenIsNotLinked() throws Exception {
        Customer customer = world.customerWithoutApp();
        addElsewhere(customer.email());
        Wanderer wanderer = new Wanderer(world.base());
        HttpResponse<String> asked = arrive(wanderer, customer.email());
        String code = world.mailCode(customer, 1);
        String freeze = "{\"operation\":\"ALL\",\"reason\":\"お電話\"}";
        assertThat(PolicyDesk.asOfficer(
                                world,
                                world.officerToken(),
                                "POST",
                                "/customers/" + world.id(customer) + "/freeze",
                                freeze)
                        .statusCode())
                .isLessThan(300);
        assertThat(text(wanderer.submit(asked, CODE, Map.of("code", code)))).contains("ログインを中止しました");
        assertThat(links(customer)).isZero();
    }

    private void whoIsNoCustomerSees(String known) throws Exception {
        Wanderer stranger = new Wanderer(world.base());
        HttpResponse<String> asked = arrive(stranger, "nobody@example.com");
        assertThat(text(asked)).isEqualTo(known);
        assertThat(text(stranger.submit(asked, CODE, Map.of("code", "12345678"))))
                .contains("確認コードが正しくないか");
        assertThat(world.inbox().mailsTo("nobody@example.com")).isEmpty();
    }

    private void pictureOfTheCode(Customer customer, String locale) throws Exception {
        try (BrowserVisitor stranger = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            stranger.openLogin(Map.of("ui_locales", locale));
            stranger.browser().follow("a#social-" + ELSEWHERE);
            stranger.browser().type("#username", customer.email());
            stranger.browser().type("#password", World.SECRET);
            stranger.browser().follow("#kc-login");
            assertThat(stranger.browser().textOf("#kc-page-title"))
                    .isEqualTo(locale.equals("ja") ? "ログイン連携の確認" : "Connect your login");
            Pictures.take(stranger, locale, "link-code");
        }
    }

    /** A firm's own flow that trusts whatever the provider says. */
    private void pastTheCheckpointNothingIsLinked(Customer customer) throws Exception {
        world.admin()
                .post(
                        FLOWS,
                        Map.of("alias", "automatic", "providerId", "basic-flow", "topLevel", true, "builtIn", false));
        for (String step : List.of("idp-detect-existing-broker-user", "idp-auto-link")) {
            world.admin().post(FLOWS + "/automatic/executions/execution", Map.of("provider", step));
        }
        world.admin()
                .get(FLOWS + "/automatic/executions")
                .forEach(step -> world.admin()
                        .put(FLOWS + "/automatic/executions", ((ObjectNode) step).put("requirement", "REQUIRED")));
        String provider = PROVIDERS + "/" + ELSEWHERE;
        world.admin()
                .put(
                        provider,
                        ((ObjectNode) world.admin().get(provider)).put("firstBrokerLoginFlowAlias", "automatic"));
        assertThat(end(arrive(new Wanderer(world.base()), customer.email()))).startsWith("403");
        assertThat(links(customer)).isZero();
    }

    /** Logs in elsewhere. */
    private HttpResponse<String> arrive(Wanderer wanderer, String address) throws Exception {
        return arrive(wanderer, world.app().loginPage(Map.of()), address);
    }

    private HttpResponse<String> arrive(Wanderer wanderer, URI asked, String address) throws Exception {
        HttpResponse<String> login = wanderer.get(asked);
        String link = Jsoup.parse(login.body(), login.uri().toString())
                .selectFirst("a#social-" + ELSEWHERE)
                .absUrl("href");
        HttpResponse<String> form = wanderer.get(URI.create(link));
        return wanderer.submit(form, "#kc-form-login", Map.of("username", address, "password", World.SECRET));
    }

    private int links(Customer customer) {
        return world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/federated-identity"))
                .size();
    }

    private static String end(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElse(response.statusCode() + response.body());
    }

    private static String text(HttpResponse<String> page) {
        return Jsoup.parse(page.body()).text();
    }

    private void elsewhere(String... addresses) {
        URI base = world.base();
        Map<String, Object> client = Map.of(
                "clientId",
                "firm",
                "secret",
                World.SECRET,
                "redirectUris",
                List.of(base + "/realms/" + DemoRealm.NAME + "/broker/" + ELSEWHERE + "/endpoint"));
        world.admin()
                .post(
                        "/admin/realms",
                        Map.of("realm", ELSEWHERE, "enabled", true, "sslRequired", "none", "clients", List.of(client)));
        for (String address : addresses) {
            addElsewhere(address);
        }
        String protocol = base + "/realms/" + ELSEWHERE + "/protocol/openid-connect";
        world.admin()
                .post(
                        PROVIDERS,
                        Map.of(
                                "alias",
                                ELSEWHERE,
                                "providerId",
                                "oidc",
                                "enabled",
                                true,
                                "firstBrokerLoginFlowAlias",
                                "sekisho-link",
                                "postBrokerLoginFlowAlias",
                                "sekisho-provider",
                                "config",
                                Map.of(
                                        "clientId", "firm",
                                        "clientSecret", World.SECRET,
                                        "clientAuthMethod", "client_secret_post",
                                        "authorizationUrl", protocol + "/auth",
                                        "tokenUrl", protocol + "/token",
                                        "defaultScope", "openid profile email",
                                        "syncMode", "IMPORT")));
    }

    private void addElsewhere(String address) {
        world.admin()
                .post(
                        "/admin/realms/" + ELSEWHERE + "/users",
                        Map.of(
                                "username",
                                address,
                                "email",
                                address,
                                "emailVerified",
                                true,
                                "firstName",
                                "花子",
                                "lastName",
                                "鈴木",
                                "enabled",
                                true,
                                "credentials",
                                List.of(Map.of("type", "password", "value", World.SECRET))));
    }
}
