package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.docker.Exposition;
import jp.sekisho.integrationtests.docker.Query;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** What the dashboard and the alarms of {@code docker/} ask for is what a node publishes. */
@LoginTest
class DashboardIT {

    private static final Path DOCKER = Path.of("../docker");

    private static final Set<String> PROMETHEUS_ITSELF = Set.of("up");

    private final World world;

    DashboardIT(World world) {
        this.world = world;
    }

    @Test
    void eachQueryNamesMetricsAndLabelsThatANodePublishes() throws Exception {
        Customer customer = world.customer();
        Visitor owner = world.visitor(Origin.TOKYO_HOME);
        App.Tokens tokens = owner.enrol(customer).tokens();
        world.subjects(customer, 1);
        disown(customer, owner, tokens);
        Customer guessed = world.customer();
        for (int wrong = 0; wrong < 5; wrong++) {
            world.visitor(Origin.LAGOS).logIn(guessed, "not-his-password");
        }

        Map<String, String> queries = queries();
        assertThat(queries).hasSizeGreaterThan(20);
        World.await("metrics of what was done", () -> missing(queries).isEmpty());
        assertThat(missing(queries)).isEmpty();
    }

    @Test
    void noMetricOfOursNamesACustomer() throws Exception {
        Customer customer = world.customer();
        world.visitor(Origin.TOKYO_HOME).enrol(customer).tokens();

        assertThat(scrape().lines().filter(line -> line.startsWith("sekisho_")))
                .isNotEmpty()
                .noneMatch(line -> line.contains(customer.username()) || line.contains(world.id(customer)));
    }

    /** "This was not me": an alert to the desk. */
    private void disown(Customer customer, Visitor owner, App.Tokens tokens) throws Exception {
        String record = world.records(customer).stream()
                .filter(one -> one.result().equals("ADMITTED"))
                .findFirst()
                .orElseThrow()
                .id();
        assertThat(owner.call(
                                "POST",
                                world.base().resolve("/realms/broker/sekisho/account/disown"),
                                tokens.access(),
                                "{\"record\":\"" + record + "\"}")
                        .statusCode())
                .isEqualTo(204);
    }

    /** By the query: what it asks for in vain. */
    private Map<String, Query> missing(Map<String, String> queries) {
        Map<String, Set<String>> published;
        try {
            published = Exposition.of(scrape()).labels();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Map<String, Query> missing = new TreeMap<>();
        queries.forEach((where, expression) -> {
            Query query = Query.of(expression);
            boolean answered = query.metrics().stream()
                    .allMatch(metric -> PROMETHEUS_ITSELF.contains(metric) || published.containsKey(metric));
            boolean labelled = query.labels().stream()
                    .allMatch(label -> query.metrics().stream()
                            .anyMatch(metric ->
                                    published.getOrDefault(metric, Set.of()).contains(label)));
            if (!answered || !labelled || query.metrics().isEmpty()) {
                missing.put(where + ": " + expression, query);
            }
        });
        return missing;
    }

    private String scrape() throws IOException, InterruptedException {
        URI metrics = world.keycloak().management().resolve("/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Expressions by where they stand. */
    private static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new TreeMap<>();
        JsonNode dashboard = new ObjectMapper()
                .readTree(DOCKER.resolve("grafana/dashboards/sekisho.json").toFile());
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.put(
                        panel.path("title").asText()
                                + ' '
                                + target.path("refId").asText(),
                        target.path("expr").asText());
            }
        }
        JsonNode alarms = new ObjectMapper(new YAMLFactory())
                .readTree(DOCKER.resolve("prometheus/alerts.yml").toFile());
        StreamSupport.stream(alarms.path("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.path("rules").spliterator(), false))
                .forEach(rule -> queries.put(
                        rule.path("alert").asText(), rule.path("expr").asText()));
        return queries;
    }
}
