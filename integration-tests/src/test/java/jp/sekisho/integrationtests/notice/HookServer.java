package jp.sekisho.integrationtests.notice;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import jp.sekisho.stack.net.Ports;

/** A firm's gateway: takes webhooks over https with a certificate of its own. */
final class HookServer implements AutoCloseable {

    private static final String PASSWORD = "changeit";

    /** What arrived. */
    record Hook(HttpHeaders headers, String body) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    private final Undertow server;
    private final int port;
    private final Path certificate;
    private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    private volatile int status = 204;

    private HookServer(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        port = Ports.free();
        certificate = directory.resolve("hook.pem");
        server = Undertow.builder()
                .addHttpsListener(port, "127.0.0.1", tls(directory))
                .setHandler(
                        exchange -> exchange.getRequestReceiver().receiveFullString(this::take, StandardCharsets.UTF_8))
                .build();
        server.start();
    }

    static HookServer start(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        return new HookServer(directory);
    }

    URI url() {
        return URI.create("https://localhost:" + port + "/hook");
    }

    /** What a server must trust to call. */
    Path certificate() {
        return certificate;
    }

    void answer(int code) {
        status = code;
    }

    BlockingQueue<Hook> hooks() {
        return hooks;
    }

    private void take(HttpServerExchange exchange, String body) {
        int answer = status;
        Map<String, List<String>> headers = new HashMap<>();
        HeaderMap sent = exchange.getRequestHeaders();
        sent.forEach(values -> headers.put(values.getHeaderName().toString(), new ArrayList<>(values)));
        hooks.add(new Hook(HttpHeaders.of(headers, (name, value) -> true), body));
        exchange.setStatusCode(answer).endExchange();
    }

    private SSLContext tls(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Path store = directory.resolve("hook.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "hook",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "hook",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString(),
                "-file",
                certificate.toString());
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

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
