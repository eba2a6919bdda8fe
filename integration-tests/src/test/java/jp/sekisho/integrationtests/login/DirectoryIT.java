package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin.Refused;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** Customers whom a directory keeps and Keycloak does not import. */
@LoginTest
class DirectoryIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "directory";
    private static final String INDIVIDUAL_NUMBER = "1234-5678-9018";
    private static final String TEXT = "text/plain; charset=utf-8";

    private final World world;

    DirectoryIT(World world) {
        this.world = world;
    }

    // FFAJ-2.2-S4
    @Test
    void whomADirectoryKeepsIsGivenNoIndividualNumberEither() throws Exception {
        Customer customer = Customer.SUZUKI;
        App app = world.realmBeside(REALM, realm -> {});
        try (Directory directory = Directory.of(customer)) {
            world.admin().post(path("/components"), directory.component());
            ObjectNode user = (ObjectNode) user(customer);
            String id = user.path("id").asText();
            assertThat(id).as("not imported").startsWith("f:");
            ObjectNode totp = (ObjectNode) DemoRealm.user(customer).at("/credentials/1");
            user.putArray("credentials").add(totp.put("userLabel", INDIVIDUAL_NUMBER));
            world.admin().put(path("/users/" + id), user);
            JsonNode otp = otp(id);
            assertThat(otp.path("userLabel").asText("")).isEmpty();

            String own = accountToken(customer, app);
            URI byHimself = world.base()
                    .resolve("/realms/" + REALM + "/account/credentials/"
                            + otp.path("id").asText() + "/label");
            URI byStaff = world.keycloak()
                    .base()
                    .resolve(path(
                            "/users/" + id + "/credentials/" + otp.path("id").asText() + "/userLabel"));
            HttpResponse<String> ownName =
                    Bearer.put(byHimself, own, "application/json", '"' + INDIVIDUAL_NUMBER + '"');
            assertThat(ownName.statusCode()).as(ownName.body()).isEqualTo(400);
            assertThat(ownName.body()).contains("個人番号はご入力いただけません");
            assertThat(Bearer.put(byStaff, world.admin().token(), TEXT, INDIVIDUAL_NUMBER)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(otp(id).path("userLabel").asText("")).isEmpty();
            assertThat(Bearer.put(byHimself, own, "application/json", "\"新しい電話\"")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(otp(id).path("userLabel").asText()).isEqualTo("新しい電話");
            assertThat(Bearer.put(byStaff, world.admin().token(), TEXT, "窓口").statusCode())
                    .isEqualTo(204);
            assertThat(otp(id).path("userLabel").asText()).isEqualTo("窓口");

            noAttributeTakesOne(customer, own);
            assertThat(directory.entry(customer)).doesNotContain(INDIVIDUAL_NUMBER);
        } finally {
            world.admin().delete(path(""));
        }
    }

    private void noAttributeTakesOne(Customer customer, String own) throws Exception {
        URI account = world.base().resolve("/realms/" + REALM + "/account/");
        ObjectNode shown = (ObjectNode) JSON.readTree(
                Bearer.send(HttpRequest.newBuilder(account).GET(), own).body());
        shown.withObject("/attributes").putArray("locale").add(INDIVIDUAL_NUMBER);
        HttpResponse<String> sent = Bearer.send(
                HttpRequest.newBuilder(account)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(shown.toString())),
                own);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(400);
        assertThat(sent.body()).contains("sekisho-individual-number");

        ObjectNode language = (ObjectNode) user(customer);
        language.withObject("/attributes").putArray("locale").add(INDIVIDUAL_NUMBER);
        refused(language);
        refused(((ObjectNode) user(customer)).put("lastName", INDIVIDUAL_NUMBER));
        assertThat(user(customer).toString()).contains(customer.lastName()).doesNotContain(INDIVIDUAL_NUMBER);
    }

    private void refused(ObjectNode user) {
        assertThatThrownBy(() ->
                        world.admin().put(path("/users/" + user.path("id").asText()), user))
                .isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused).hasMessageContaining("sekisho-individual-number");
                });
    }

    private String accountToken(Customer customer, App app) throws Exception {
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        Page in = visitor.enrol(customer);
        assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
        App console = new App(
                world.base(),
                REALM,
                "account-console",
                Optional.empty(),
                world.base().resolve("/realms/" + REALM + "/account/").toString());
        return visitor.at(console).openLogin().tokens().access();
    }

    private JsonNode user(Customer customer) {
        return world.admin()
                .get(path("/users?exact=true&username=" + customer.username()))
                .path(0);
    }

    private JsonNode otp(String user) {
        return world.admin()
                .get(path("/users/" + user + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .findFirst()
                .orElseThrow();
    }

    private static String path(String path) {
        return "/admin/realms/" + REALM + path;
    }
}
