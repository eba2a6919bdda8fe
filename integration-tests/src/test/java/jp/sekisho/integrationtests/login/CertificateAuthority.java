package jp.sekisho.integrationtests.login;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Issues client certificates, with the JDK's own tool; what its certificates are worth is the server's truststore's matter. */
final class CertificateAuthority {

    private static final String CA = "ca";
    private static final String STORE_PASSWORD = "of-the-tests";

    private final Path store;

    private CertificateAuthority(Path store) {
        this.store = store;
    }

    static CertificateAuthority create(Path directory) throws Exception {
        Files.createDirectories(directory);
        CertificateAuthority authority = new CertificateAuthority(directory.resolve("ca.p12"));
        authority.keytool("-genkeypair", "-alias", CA, "-dname", "CN=CA of the tests", "-ext", "bc:c", "-keyalg", "EC");
        authority.export(CA, directory.resolve("ca.pem"));
        return authority;
    }

    /** PEM. */
    Path certificate() {
        return store.resolveSibling("ca.pem");
    }

    /** A certificate of a customer, as nginx hands it on: {@code $ssl_client_escaped_cert}. */
    String issue(String name) throws Exception {
        keytool("-genkeypair", "-alias", name, "-dname", "CN=" + name, "-signer", CA, "-keyalg", "EC");
        Path file = store.resolveSibling(name + ".pem");
        export(name, file);
        // URLEncoder writes forms, nginx writes URIs.
        return URLEncoder.encode(Files.readString(file), StandardCharsets.US_ASCII)
                .replace("+", "%20");
    }

    private void export(String alias, Path file) throws Exception {
        keytool("-exportcert", "-rfc", "-alias", alias, "-file", file.toString());
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }
}
