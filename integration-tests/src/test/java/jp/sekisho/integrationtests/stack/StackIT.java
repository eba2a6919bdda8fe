package jp.sekisho.integrationtests.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stock server starts with our jars, alone and as two nodes. */
class StackIT {

    @TempDir
    Path homes;

    @Test
    void twoNodesShareOnePostgres() throws Exception {
        BuiltDistribution built = StockDistribution.fromSystemProperties()
                .build(BuildOptions.named("it", Database.POSTGRES)
                        .withProvidersIn(Path.of(System.getProperty("sekisho.providers"))));
        try (PostgresServer postgres = PostgresServer.start()) {
            Jdbc keycloak = postgres.createDatabase("keycloak");
            try (KeycloakServer one = node(built, keycloak, "one");
                    KeycloakServer two = node(built, keycloak, "two")) {
                one.admin().post("/admin/realms", "{\"realm\":\"seen-by-both\",\"enabled\":true}");

                assertThat(two.admin()
                                .get("/admin/realms/seen-by-both")
                                .path("realm")
                                .asText())
                        .isEqualTo("seen-by-both");

                one.kill();
                assertThat(one.isAlive()).isFalse();
                assertThat(two.admin().get("/admin/realms/master").path("realm").asText())
                        .isEqualTo("master");
            }
        }
    }

    private KeycloakServer node(BuiltDistribution built, Jdbc jdbc, String name) throws Exception {
        return KeycloakServer.on(built)
                .home(homes.resolve(name))
                .database(jdbc)
                .clustered()
                .start();
    }
}
