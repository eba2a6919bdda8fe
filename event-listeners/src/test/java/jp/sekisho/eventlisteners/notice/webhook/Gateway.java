package jp.sekisho.eventlisteners.notice.webhook;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A firm's gateway on this machine, https with a certificate of its own, that answers as a test wants it. */
final class Gateway implements AutoCloseable {

    /** What it answers, on a thread that may block. */
    @FunctionalInterface
    interface Answer {
        void to(HttpServerExchange exchange) throws Exception;
    }

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyStore keys;
    private final Undertow server;
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();
    private volatile Answer answer = HttpServerExchange::endExchange;

    private Gateway(KeyStore keys) throws GeneralSecurityException {
        this.keys = keys;
        server = Undertow.builder()
                .addHttpsListener(0, "127.0.0.1", tls())
                .setHandler(new BlockingHandler(this::take))
                .build();
        server.start();
    }

    static Gateway start(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("gateway.p12");
        List<String> keytool = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gateway",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString());
        if (new ProcessBuilder(keytool).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(store)) {
            keys.load(content, PASSWORD);
        }
        return new Gateway(keys);
    }

    void answers(Answer next) {
        answer = next;
    }

    /** An address of this gateway, by a name that the certificate need not have. */
    URI url(String scheme, String host) {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        return URI.create(scheme + "://" + host + ":" + port + "/hook");
    }

    /** What was asked for, in order. */
    List<String> paths() {
        return List.copyOf(paths);
    }

    /** Trusts this gateway and nobody else. */
    SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("gateway", keys.getCertificate("gateway"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private SSLContext tls() throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private void take(HttpServerExchange exchange) throws Exception {
        paths.add(exchange.getRequestPath());
        answer.to(exchange);
    }

    @Override
    public void close() {
        server.stop();
    }
}
