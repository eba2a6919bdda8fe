package jp.sekisho.integrationtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jp.sekisho.stack.io.Zip;
import jp.sekisho.stack.process.LoggedProcess;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The compose file of the unpacked distribution, as far as it can be looked at without a container engine: it is one, and what
 * it names is there.
 */
class ComposeIT {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** {@code ${NAME}}, {@code ${NAME:-fallback}}, {@code ${NAME:?what is wrong}}. */
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{(\\w+)(:-[^}]*)?(:\\?[^}]*)?}");

    @TempDir
    private static Path unpacked;

    private static Path docker;
    private static String text;
    private static JsonNode compose;

    @BeforeAll
    static void prepare() throws Exception {
        Zip.unpackBelowTop(Path.of(System.getProperty("sekisho.distribution")), unpacked);
        docker = unpacked.resolve("docker");
        text = Files.readString(docker.resolve("compose.yaml"));
        compose = merged(YAML.readTree(text));
        prepared();
    }

    private static void prepared() throws IOException {
        Files.setPosixFilePermissions(docker.resolve("prepare"), PosixFilePermissions.fromString("rwxr-xr-x"));
        LoggedProcess process =
                LoggedProcess.start(new ProcessBuilder(docker.resolve("prepare").toString()), unpacked.resolve("log"));
        assertThat(process.waitFor(Duration.ofMinutes(1))).as(process.tail()).isZero();
    }

    /** Jackson leaves YAML's merge keys as they stand. */
    private static JsonNode merged(JsonNode raw) {
        raw.path("services").forEach(service -> {
            JsonNode more = service.path("<<");
            if (more.isTextual() || more.isObject()) {
                ((ObjectNode) service).remove("<<");
                raw.path("x-node").properties().forEach(entry -> {
                    if (!service.has(entry.getKey())) {
                        ((ObjectNode) service).set(entry.getKey(), entry.getValue());
                    }
                });
            }
        });
        return raw;
    }

    @Test
    void itIsOneByTheComposeSpecification() throws IOException {
        try (InputStream in = ComposeIT.class.getResourceAsStream("compose-spec.json")) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(in);
            // Names of its own that no validator knows.
            schema.remove(List.of("$id", "$schema"));
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(schema.toString(), InputFormat.JSON)
                            .validate(compose.toString(), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void whatIsMountedAndBuiltFromIsThere() {
        services().forEach((name, service) -> {
            for (JsonNode mount : service.path("volumes")) {
                String source = mount.asText().split(":")[0];
                if (source.startsWith(".")) {
                    assertThat(docker.resolve(source)).as(name + ": " + mount).exists();
                    assertThat(mount.asText())
                            .as("nothing of the host is written to")
                            .endsWith(":ro");
                } else {
                    assertThat(compose.path("volumes").has(source))
                            .as(name + ": " + mount)
                            .isTrue();
                }
            }
            if (service.has("build")) {
                Path context =
                        docker.resolve(service.path("build").path("context").asText());
                assertThat(context.resolve("Dockerfile")).exists();
                assertThat(context.resolve("providers")).isDirectory();
            }
            service.path("networks")
                    .fieldNames()
                    .forEachRemaining(
                            network -> assertThat(compose.path("networks").has(network))
                                    .as(name)
                                    .isTrue());
            service.path("depends_on").fieldNames().forEachRemaining(other -> {
                assertThat(services()).containsKey(other);
                assertThat(services().get(other).has("healthcheck")).as(other).isTrue();
            });
        });
        assertThat(services().values())
                .allSatisfy(service -> assertThat(service.path("image").asText())
                        .as("a version, or our own")
                        .matches("sekisho|[\\w./-]+:v?\\d[\\w.]*"));
    }

    @Test
    void whatHasNoFallbackIsMadeByPrepareAndGuessedByNobody() throws IOException {
        Properties made = new Properties();
        try (var in = Files.newBufferedReader(docker.resolve(".env"))) {
            made.load(in);
        }
        Set<String> needed = VARIABLE.matcher(text)
                .results()
                .filter(variable -> variable.group(2) == null)
                .map(variable -> variable.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(made.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(made.values().stream().map(Object::toString))
                .allMatch(secret -> secret.length() >= 32)
                .doesNotHaveDuplicates();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(docker.resolve(".env"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(docker.resolve("secrets"))))
                .isEqualTo("rwx------");
    }

    @Test
    void preparingAgainChangesNothing() throws IOException {
        Map<Path, String> before = secrets();
        prepared();
        assertThat(before).hasSizeGreaterThanOrEqualTo(3);
        assertThat(secrets()).isEqualTo(before);
    }

    private static Map<Path, String> secrets() throws IOException {
        Map<Path, String> secrets = new TreeMap<>();
        List<Path> files = new ArrayList<>(List.of(docker.resolve(".env")));
        try (Stream<Path> in = Files.list(docker.resolve("secrets"))) {
            in.forEach(files::add);
        }
        for (Path file : files) {
            secrets.put(file, Files.readString(file));
        }
        return secrets;
    }

    /** Only the proxy's address is believed, and only the proxy is reached from outside but for what is for operators. */
    @Test
    void nodesBelieveTheProxyAloneAndAreReachedThroughItAlone() {
        String proxy = address("proxy");
        for (String node : List.of("keycloak-one", "keycloak-two")) {
            JsonNode environment = services().get(node).path("environment");
            assertThat(environment.path("KC_PROXY_HEADERS").asText()).isEqualTo("xforwarded");
            assertThat(environment.path("KC_PROXY_TRUSTED_ADDRESSES").asText()).isEqualTo(proxy);
            assertThat(services().get(node).has("ports")).as(node).isFalse();
        }
        JsonNode told = services().get("proxy").path("environment");
        assertThat(told.path("SEKISHO_NODE_ONE").asText()).isEqualTo(address("keycloak-one") + ":8080");
        assertThat(told.path("SEKISHO_NODE_TWO").asText()).isEqualTo(address("keycloak-two") + ":8080");
        assertThat(services().get("postgres").has("ports")).isFalse();
        List<String> ports = new ArrayList<>();
        services().values().forEach(service -> service.path("ports").forEach(port -> ports.add(port.asText())));
        assertThat(ports).hasSize(3).allMatch(port -> port.startsWith("127.0.0.1:") || port.contains(":-127.0.0.1:"));
    }

    @Test
    void theProxyIsToldAllThatItsConfigurationAsksFor() throws IOException {
        Set<String> asked = Pattern.compile("\\$\\{(\\w+)(?:\\[\\*])?}")
                .matcher(Files.readString(docker.resolve("haproxy/haproxy.cfg")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> told = new TreeSet<>();
        services().get("proxy").path("environment").fieldNames().forEachRemaining(told::add);
        assertThat(told).isEqualTo(new TreeSet<>(asked));
    }

    @Test
    void prometheusScrapesServicesAndGrafanaAsksPrometheus() throws IOException {
        JsonNode scraped =
                YAML.readTree(docker.resolve("prometheus/prometheus.yml").toFile());
        List<String> targets = StreamSupport.stream(scraped.findPath("targets").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        assertThat(targets).containsExactly("keycloak-one:9000", "keycloak-two:9000");
        for (JsonNode file : scraped.path("rule_files")) {
            assertThat(docker.resolve("prometheus").resolve(file.asText())).exists();
        }
        JsonNode source = YAML.readTree(docker.resolve("grafana/provisioning/datasources/prometheus.yml")
                        .toFile())
                .path("datasources")
                .path(0);
        assertThat(source.path("url").asText()).isEqualTo("http://prometheus:9090");
        JsonNode dashboard = new ObjectMapper()
                .readTree(docker.resolve("grafana/dashboards/sekisho.json").toFile());
        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(used -> assertThat(used.path("uid")).isEqualTo(source.path("uid")));
        assertThat(Path.of(YAML.readTree(docker.resolve("grafana/provisioning/dashboards/sekisho.yml")
                                .toFile())
                        .path("providers")
                        .path(0)
                        .path("options")
                        .path("path")
                        .asText()))
                .isEqualTo(Path.of("/var/lib/grafana/dashboards"));
    }

    private static String address(String service) {
        return services()
                .get(service)
                .path("networks")
                .path("back")
                .path("ipv4_address")
                .asText();
    }

    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        compose.path("services").properties().forEach(service -> services.put(service.getKey(), service.getValue()));
        return services;
    }
}
