package jp.sekisho.demo.stage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.cluster.Cluster;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
import jp.sekisho.stack.net.Ports;

/** The stack of {@code docker/} without a container engine: two nodes, PostgreSQL, proxy, mail. Closing it ends everything. */
final class TwoNodes implements AutoCloseable {

    private static final List<String> NAMES = List.of("one", "two");

    private final Settings settings;
    private final Cluster cluster;

    private TwoNodes(Settings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
    }

    static TwoNodes start(Settings settings, BuildFiles files, Progress progress) throws Exception {
        Path directory = files.work().resolve("stack");
        Trees.delete(directory);
        BuiltDistribution built = progress.step(
                "Keycloak with the jars of Sekisho",
                () -> new StockDistribution(files.keycloakZip(), files.work().resolve("keycloak"))
                        .build(BuildOptions.named("stack", Database.POSTGRES).withProvidersIn(files.providers())));
        Cluster cluster = progress.step(
                "PostgreSQL, mail inbox, proxy",
                () -> Cluster.start(directory, settings.httpPort(), settings.inboxPort(), Ports.free()));
        TwoNodes nodes = new TwoNodes(settings, cluster);
        try {
            Path realm = DemoRealm.shipped()
                    .withMailServer(cluster.inbox().smtpPort())
                    .withDemoPolicy()
                    .withCustomers(Customer.ALL)
                    .writeTo(directory.resolve(DemoRealm.NAME + "-realm.json"));
            for (String name : NAMES) {
                progress.step(
                        "Node " + name,
                        () -> cluster.add(
                                name,
                                cluster.node(built)
                                        .clustered()
                                        .environment(
                                                "SEKISHO_APP_URL",
                                                settings.app().toString())
                                        .realm(realm)));
            }
            cluster.anyNode().admin().put("/admin/realms/master", Map.of("sslRequired", "none"));
            return nodes;
        } catch (Exception e) {
            nodes.close();
            throw e;
        }
    }

    /** Completes when no node runs any more; one may be killed, to see the other go on. */
    CompletableFuture<?> allDown() {
        return cluster.allDown();
    }

    String welcome() {
        return """

                関所 Sekisho is up, on two nodes that are asked in turn.

                  Customers' pages     %1$s/realms/broker/sekisho/pages/
                  Where you come from  %1$s/from
                  Mail inbox           %2$s
                  Admin console        %1$s/admin  (admin / admin)
                %3$s

                  Kill a node (kill -9), and see logins go on at the other one. There is no trading app here: ./demo has one.

                  Ctrl-C stops everything.""".formatted(
                        settings.keycloak(),
                        settings.inbox(),
                        NAMES.stream().map(this::line).collect(Collectors.joining("\n")));
    }

    private String line(String name) {
        KeycloakServer node = cluster.node(name);
        return "  Node %-4s            %s/metrics, process %s"
                .formatted(
                        name,
                        node.management(),
                        node.processes()
                                .map(process -> Long.toString(process.pid()))
                                .collect(Collectors.joining(" ")));
    }

    @Override
    public void close() {
        cluster.close();
    }
}
