package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** An app keeps a session of its own: it hears of the end of Keycloak's, from a slow machine perhaps twice. */
// JP25-11
@LoginTest
class SessionEndIT {

    private static final String END_ABROAD = "{\"session\":{\"country\":\"END\"}}";

    private final World world;

    SessionEndIT(World world) {
        this.world = world;
    }

    @Test
    void theAppIsToldOfASessionThatEndsWhenItsCookieIsUsedElsewhere() throws Exception {
        Customer customer = world.customer();
        try (BackChannel channel = BackChannel.open()) {
            App app = app("told-of-cookie", channel);
            Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
            App.Tokens tokens = visitor.enrol(customer).tokens();
            Visitor thief = visitor.copy();
            thief.comeFrom(Origin.LAGOS.address());

            world.during(
                    "changes",
                    END_ABROAD,
                    () -> assertThat(thief.openLogin().kind()).isEqualTo(Kind.PASSWORD));

            World.await("told", () -> !channel.heard().isEmpty());
            JsonNode told = channel.heard().get(0);
            assertThat(told.path("sid").asText())
                    .isEqualTo(tokens.accessClaims().path("sid").asText());
            assertThat(told.path("sub").asText()).isEqualTo(world.id(customer));
            assertThat(told.path("aud").asText()).isEqualTo(app.client());
            assertThat(told.path("iss").asText())
                    .isEqualTo(tokens.idClaims().path("iss").asText());
            assertThat(told.path("events").has("http://schemas.openid.net/event/backchannel-logout"))
                    .isTrue();
            nothingIsLeft(app);
        }
    }

    /** JP25-8 */
    @Test
    void eachAppOfAFrozenCustomerIsToldOfEachOfHisSessions() throws Exception {
        Customer customer = world.customer();
        try (BackChannel one = BackChannel.open();
                BackChannel other = BackChannel.open()) {
            App first = app("told-of-freeze", one);
            App second = app("told-as-well", other);
            Visitor home = Visitor.from(first, Origin.TOKYO_HOME.address(), Visitor.CHROME);
            String sid = sid(home.enrol(customer).tokens());
            Visitor away = Visitor.from(second, Origin.OSAKA_MOBILE.address(), Visitor.SAFARI);
            App.Tokens tokens = away.enrol(customer, 1).tokens();

            assertThat(away.call("POST", account("freeze"), tokens.access(), "{\"operation\":\"ALL\"}")
                            .statusCode())
                    .isEqualTo(204);

            World.await("told", () -> !one.heard().isEmpty() && !other.heard().isEmpty());
            assertThat(one.heard())
                    .extracting(told -> told.path("sid").asText())
                    .containsOnly(sid);
            assertThat(other.heard())
                    .extracting(told -> told.path("sid").asText())
                    .containsOnly(sid(tokens));
        }
    }

    @Test
    void anAppThatIsDownIsToldWhenItIsBackAndNobodyWaitsForIt() throws Exception {
        Customer customer = world.customer();
        Customer neighbour = world.customer();
        try (BackChannel down = BackChannel.open();
                BackChannel up = BackChannel.open()) {
            down.down(true);
            App deaf = app("told-later", down);
            App quick = app("told-at-once", up);

            String sid = ended(deaf, customer);
            World.await("tried", () -> !down.missed().isEmpty());
            ended(quick, neighbour);
            World.await("the other is told", () -> !up.heard().isEmpty());
            assertThat(down.heard()).isEmpty();

            down.down(false);
            World.await("told", () -> !down.heard().isEmpty());
            assertThat(down.heard())
                    .extracting(told -> told.path("sid").asText())
                    .containsOnly(sid);
            nothingIsLeft(deaf);
        }
    }

    @Test
    void theAppsOfACustomerWhoIsDeletedAreToldUntilTheyHaveHeard() throws Exception {
        Customer customer = world.customer();
        try (BackChannel channel = BackChannel.open()) {
            App app = app("told-of-deletion", channel);
            Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
            String sid = sid(visitor.enrol(customer).tokens());
            String id = world.id(customer);
            channel.down(true);

            world.admin().delete(World.realm("/users/" + id));

            World.await("tried", () -> !channel.missed().isEmpty());
            channel.down(false);
            World.await("told", () -> !channel.heard().isEmpty());
            assertThat(channel.heard())
                    .extracting(
                            told -> told.path("sid").asText(),
                            told -> told.path("sub").asText())
                    .containsOnly(tuple(sid, id));
            nothingIsLeft(app);
        }
    }

    // FFAJ-1.2-B2
    @Test
    void theAppOfASessionOnADeviceThatIsForgottenIsToldAlsoWhereItIsDown() throws Exception {
        Customer customer = world.customer();
        try (BackChannel down = BackChannel.open()) {
            down.down(true);
            App deaf = app("told-of-device", down);
            String token =
                    world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens().access();
            Visitor lost = Visitor.from(deaf, Origin.TOKYO_HOME.address(), Visitor.SAFARI);
            String sid = sid(lost.enrol(customer, 1).tokens());

            assertThat(lost.call("DELETE", account("devices"), token, "").statusCode())
                    .isEqualTo(204);
            World.await("tried", () -> !down.missed().isEmpty());
            assertThat(lost.openLogin().kind()).isEqualTo(Kind.PASSWORD);

            down.down(false);
            World.await("told", () -> !down.heard().isEmpty());
            assertThat(down.heard())
                    .extracting(told -> told.path("sid").asText())
                    .containsOnly(sid);
            nothingIsLeft(deaf);
        }
    }

    /** @return which session it was */
    private String ended(App app, Customer customer) throws Exception {
        Visitor visitor = Visitor.from(app, Origin.TOKYO_HOME.address(), Visitor.CHROME);
        String sid = sid(visitor.enrol(customer).tokens());
        visitor.comeFrom(Origin.LAGOS.address());
        world.during(
                "changes",
                END_ABROAD,
                () -> assertThat(visitor.openLogin().kind()).isEqualTo(Kind.PASSWORD));
        return sid;
    }

    private void nothingIsLeft(App app) throws Exception {
        World.await("nothing is left", () -> world.tables().logouts(client(app)) == 0);
    }

    private URI account(String route) {
        return world.base().resolve("/realms/" + DemoRealm.NAME + "/sekisho/account/" + route);
    }

    private String client(App app) {
        return world.admin()
                .get(World.realm("/clients?clientId=" + app.client()))
                .path(0)
                .path("id")
                .asText();
    }

    private static String sid(App.Tokens tokens) {
        return tokens.accessClaims().path("sid").asText();
    }

    private App app(String name, BackChannel channel) {
        String callback = "http://localhost/" + name;
        world.admin()
                .post(
                        World.realm("/clients"),
                        Map.of(
                                "clientId",
                                name,
                                "publicClient",
                                false,
                                "secret",
                                World.SECRET,
                                "redirectUris",
                                List.of(callback),
                                "defaultClientScopes",
                                List.of("basic", "acr", "amr", "sekisho"),
                                "attributes",
                                Map.of(
                                        "backchannel.logout.url",
                                        channel.url(),
                                        "backchannel.logout.session.required",
                                        "true")));
        return new App(world.base(), DemoRealm.NAME, name, Optional.of(World.SECRET), callback);
    }
}
