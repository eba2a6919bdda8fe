package jp.sekisho.integrationtests.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import jp.sekisho.stack.io.Zip;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.process.LoggedProcess;

/** The proxy of the compose file with the configuration that the distribution brings, in front of two servers of this machine. */
public final class Haproxy implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final LoggedProcess process;
    private final SSLContext tls;
    private final int port;

    private Haproxy(LoggedProcess process, SSLContext tls, int port) {
        this.process = process;
        this.tls = tls;
        this.port = port;
    }

    public static boolean installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "haproxy")));
    }

    /**
     * 127.0.0.1 is anybody, and staff sits at 127.0.0.2 and 127.0.0.3.
     *
     * @param unpacked where the distribution is unpacked to
     * @param health where the server says that it is ready, on its own address
     */
    public static Haproxy start(Path unpacked, URI one, int healthOne, URI two, int healthTwo) throws Exception {
        Zip.unpackBelowTop(Path.of(System.getProperty("sekisho.distribution")), unpacked);
        Path docker = unpacked.resolve("docker");
        Files.setPosixFilePermissions(docker.resolve("prepare"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(LoggedProcess.start(
                                new ProcessBuilder(docker.resolve("prepare").toString()),
                                unpacked.resolve("prepare.log"))
                        .waitFor(SOON))
                .isZero();
        int port = Ports.free();
        ProcessBuilder command = new ProcessBuilder(
                "haproxy", "-db", "-f", docker.resolve("haproxy/haproxy.cfg").toString());
        command.environment()
                .putAll(Map.of(
                        "SEKISHO_BIND",
                        "127.0.0.1:" + port,
                        "SEKISHO_CERTIFICATE",
                        docker.resolve("secrets/tls.pem").toString(),
                        "SEKISHO_PAGES",
                        docker.resolve("haproxy").toString(),
                        "SEKISHO_STAFF_NETWORKS",
                        "127.0.0.2/32 127.0.0.3/32",
                        "SEKISHO_NODE_ONE",
                        "127.0.0.1:" + one.getPort(),
                        "SEKISHO_HEALTH_ONE",
                        Integer.toString(healthOne),
                        "SEKISHO_NODE_TWO",
                        "127.0.0.1:" + two.getPort(),
                        "SEKISHO_HEALTH_TWO",
                        Integer.toString(healthTwo)));
        return new Haproxy(
                LoggedProcess.start(command, unpacked.resolve("haproxy.log")),
                trusting(docker.resolve("secrets/tls.crt")),
                port);
    }

    @FunctionalInterface
    public interface Question {
        boolean yes() throws Exception;
    }

    /** It finds out in its own time how its servers are. */
    public void await(String what, Question question) throws Exception {
        Instant deadline = Instant.now().plus(SOON);
        while (!question.yes()) {
            assertThat(Instant.now()).as(what + "\n" + process.tail()).isBefore(deadline);
        }
    }

    public String log() throws IOException {
        return Files.readString(process.log());
    }

    /** As an app's back end asks: over HTTP/2. */
    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .timeout(SOON)
                .POST(BodyPublishers.ofString(json))
                .build();
        return HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_2)
                .build()
                .send(request, BodyHandlers.ofString());
    }

    /** As it goes over the wire: a client of Java's would put a path right. Empty where nobody listens. */
    public String get(String path, String from, String... headers) throws IOException {
        try (Socket plain = new Socket()) {
            plain.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            plain.connect(new InetSocketAddress("127.0.0.1", port));
            plain.setSoTimeout((int) SOON.toMillis());
            try (Socket socket = tls.getSocketFactory().createSocket(plain, "localhost", port, true)) {
                String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + Stream.of(headers).map(header -> header + "\r\n").reduce("", String::concat) + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (ConnectException notYet) {
            return "";
        }
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            Certificate read = CertificateFactory.getInstance("X.509").generateCertificate(in);
            trusted.setCertificateEntry("proxy", read);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        process.close();
    }
}
