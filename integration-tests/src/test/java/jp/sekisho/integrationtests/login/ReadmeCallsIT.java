package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README gives to app developers to type, typed: a key of their own, a token, an operation from end to end. */
@LoginTest(World.Setup.JP_2025)
class ReadmeCallsIT {

    private static final Path README = Path.of("../README.md");
    private static final List<String> PROGRAMS = List.of("bash", "curl", "jq", "openssl", "xxd");

    private final World world;

    ReadmeCallsIT(World world) {
        this.world = world;
    }

    @Test
    void theCallsOfTheReadmeWork(@TempDir Path directory) throws Exception {
        assumeTrue(PROGRAMS.stream().allMatch(ReadmeCallsIT::installed), "Not all of these are installed: " + PROGRAMS);
        HttpServer app = publishing(directory.resolve("backend-keys"));
        String shipped = published();
        try {
            publishedAt("http://localhost:" + app.getAddress().getPort() + "/backend-keys");
            List<JsonNode> answers = run(directory, customer().access());
            assertThat(answers)
                    .as(answers.toString())
                    .extracting(answer -> answer.path("state").asText())
                    .containsExactly("ALLOWED", "REDEEMED", "EXECUTED", "EXECUTED");
        } finally {
            publishedAt(shipped);
            app.stop(0);
        }
    }

    private App.Tokens customer() throws Exception {
        Customer customer = world.customer();
        return Jp2025IT.entered(world.visitor(Origin.TOKYO_HOME).openLogin().passkey(world.passkey(customer)))
                .tokens();
    }

    private List<JsonNode> run(Path directory, String customer) throws Exception {
        String readme = Files.readString(README);
        String script = Pattern.compile("(?m)^```\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(readme.substring(
                        readme.indexOf("## Operations of trading apps"), readme.indexOf("### Confirming an operation")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("(?m)^```.*$", ""))
                .reduce("", String::concat)
                .replace("DIGEST=", "printf '%s' \"$ANSWER\"\nDIGEST=");
        ProcessBuilder bash = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr").toFile());
        bash.environment()
                .put("ISSUER", world.base().resolve("/realms/" + DemoRealm.NAME).toString());
        bash.environment().put("CUSTOMER", customer);
        Process process = bash.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(() -> out + read(directory.resolve("stderr")))
                .isZero();
        try (MappingIterator<JsonNode> answers =
                Backend.JSON.readerFor(JsonNode.class).readValues(out)) {
            return answers.readAll();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private String published() {
        return backend().at("/attributes/jwks.url").asText();
    }

    /** The shipped client. */
    private ObjectNode backend() {
        return (ObjectNode) world.admin()
                .get(World.realm("/clients?clientId=trading-backend"))
                .path(0);
    }

    private void publishedAt(String address) {
        ObjectNode backend = backend();
        backend.withObject("/attributes").put("jwks.url", address);
        world.admin().put(World.realm("/clients/" + backend.path("id").asText()), backend);
    }

    private static HttpServer publishing(Path keys) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/backend-keys", exchange -> {
            byte[] bytes = Files.readAllBytes(keys);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
