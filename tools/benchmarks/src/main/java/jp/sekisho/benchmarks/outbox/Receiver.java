package jp.sekisho.benchmarks.outbox;

import io.undertow.Undertow;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import jp.sekisho.stack.net.Ports;

/** A firm's gateway for SMS and the like: takes webhooks over https with a certificate of its own, and counts them. */
public final class Receiver implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    private final Undertow server;
    private final int port = Ports.free();
    private final Path certificate;
    private final AtomicLong received = new AtomicLong();

    public Receiver(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Files.createDirectories(directory);
        certificate = directory.resolve("receiver.pem");
        server = Undertow.builder()
                .addHttpsListener(port, "127.0.0.1", tls(directory.resolve("receiver.p12")))
                .setHandler(exchange -> exchange.getRequestReceiver().receiveFullBytes((whole, body) -> {
                    received.incrementAndGet();
                    whole.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
                }))
                .build();
        server.start();
    }

    public URI url() {
        return URI.create("https://localhost:" + port + "/notices");
    }

    /** What a server must trust to call. */
    public Path certificate() {
        return certificate;
    }

    long received() {
        return received.get();
    }

    private SSLContext tls(Path store) throws IOException, GeneralSecurityException, InterruptedException {
        Files.deleteIfExists(store);
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=dns:localhost");
        Files.deleteIfExists(certificate);
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-alias", "receiver", "-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed: " + String.join(" ", arguments));
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
