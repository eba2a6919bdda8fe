package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A server on which impersonation and token exchange are on: neither leads past the checkpoint. */
@LoginTest(World.Setup.JP_2025)
class LeftOpenIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CALLBACK = "http://localhost/exchanger";
    private static final String TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

    private final World world;

    LeftOpenIT(World world) {
        this.world = world;
    }

    @Test
    void anAdministratorIsNobodyElse() throws Exception {
        Customer customer = world.customer();
        double before = BackstopIT.vetoed(world);

        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(world.base()
                                        .resolve(World.realm("/users/" + world.id(customer) + "/impersonation")))
                                .header(
                                        "Authorization",
                                        "Bearer " + world.admin().token())
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("not_admitted");
        assertThat(BackstopIT.vetoed(world)).isEqualTo(before + 1);
        Visitor administrator = world.visitor(Origin.TOKYO_HOME);
        answer.headers()
                .allValues("Set-Cookie")
                .forEach(cookie -> administrator.cookies().put(cookie.split("[=;]", 3)[0], cookie.split("[=;]", 3)[1]));
        Page login = administrator.openLogin();
        assertThat(login.code()).as("what cookies it set are of no use").isEmpty();
        assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                .isEmpty();
        assertThat(world.records(customer)).isEmpty();
        assertThat(Files.readString(world.keycloak().log()))
                .contains("IMPERSONATE of user " + world.id(customer))
                .contains("did not pass the checkpoint and is undone");
    }

    @Test
    void aTokenIsExchangedInASessionThatWasAdmittedAndInNoOther() throws Exception {
        App exchanger = exchanger();
        Customer admitted = world.customer();
        SoftPasskey passkey = world.passkey(admitted);
        Page in = Visitor.from(exchanger, Origin.TOKYO_HOME.address(), Visitor.CHROME)
                .openLogin()
                .passkey(passkey);
        String own = Jp2025IT.entered(in).tokens().access();
        HttpResponse<String> exchanged = exchange(own);
        assertThat(exchanged.statusCode()).as(exchanged.body()).isEqualTo(200);
        String further = JSON.readTree(exchanged.body()).path("access_token").asText();
        assertThat(exchanger.userInfo(further)).isEqualTo(200);

        Customer past = world.customerWithoutApp();
        String[] token = new String[1];
        world.during("mode", "monitor", () -> token[0] = grantedPastTheCheckpoint(past));
        double before = BackstopIT.vetoed(world);

        HttpResponse<String> refused = exchange(token[0]);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
        assertThat(refused.body()).contains("not_admitted").doesNotContain("access_token");
        assertThat(BackstopIT.vetoed(world)).isEqualTo(before + 1);
        assertThat(Files.readString(world.keycloak().log())).contains("TOKEN_EXCHANGE of user " + world.id(past));

        // What was exchanged before serves a frozen customer no more, and what he exchanges now does not either.
        world.tables().frozen(world.realmId(), world.id(admitted));
        assertThat(exchanger.userInfo(further)).isEqualTo(401);
        JsonNode late = JSON.readTree(exchange(own).body());
        assertThat(late.has("access_token")
                        && exchanger.userInfo(late.path("access_token").asText()) == 200)
                .as(late.toString())
                .isFalse();
    }

    /** A client to which an operator bound the stock flow of the password grant, and which exchanges tokens. */
    private App exchanger() {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("clientId", "exchanger");
        client.put("secret", World.SECRET);
        client.put("directAccessGrantsEnabled", true);
        client.put("redirectUris", List.of(CALLBACK));
        client.put("attributes", Map.of("standard.token.exchange.enabled", "true"));
        client.put(
                "authenticationFlowBindingOverrides", Map.of("direct_grant", BackstopIT.flow(world, "direct grant")));
        world.admin().post(World.realm("/clients"), client);
        return new App(world.base(), DemoRealm.NAME, "exchanger", Optional.of(World.SECRET), CALLBACK);
    }

    private String grantedPastTheCheckpoint(Customer customer) throws Exception {
        HttpResponse<String> granted = token(Map.of(
                "grant_type",
                "password",
                "username",
                customer.username(),
                "password",
                customer.password(),
                "scope",
                "openid"));
        assertThat(granted.statusCode()).as(granted.body()).isEqualTo(200);
        return JSON.readTree(granted.body()).path("access_token").asText();
    }

    private HttpResponse<String> exchange(String token) throws Exception {
        return token(Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token",
                token,
                "subject_token_type",
                TOKEN_TYPE,
                "scope",
                "openid"));
    }

    private HttpResponse<String> token(Map<String, String> form) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(form);
        all.put("client_id", "exchanger");
        all.put("client_secret", World.SECRET);
        return world.app().token(all);
    }
}
