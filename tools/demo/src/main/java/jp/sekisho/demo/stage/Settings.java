package jp.sekisho.demo.stage;

import java.net.URI;
import java.util.Map;
import java.util.stream.IntStream;
import jp.sekisho.stack.net.Ports;

/** Ports of the demo, from the environment. */
record Settings(int httpPort, int appPort, int inboxPort, int managementPort) {

    private static final int HIGHEST = 65535;

    /** A setting that cannot be used; the message is for the person who started the demo. */
    static final class Unusable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** @throws Unusable if a port is not a number from 1 to 65535, or two are the same */
    static Settings from(Map<String, String> environment) {
        Settings settings = new Settings(
                port(environment, "SEKISHO_HTTP_PORT", 8080),
                port(environment, "SEKISHO_APP_PORT", 8090),
                port(environment, "SEKISHO_INBOX_PORT", 8025),
                port(environment, "SEKISHO_MANAGEMENT_PORT", 9000));
        long different = IntStream.of(settings.httpPort, settings.appPort, settings.inboxPort, settings.managementPort)
                .distinct()
                .count();
        if (different < 4) {
            throw new Unusable(
                    "SEKISHO_HTTP_PORT, SEKISHO_APP_PORT, SEKISHO_INBOX_PORT and SEKISHO_MANAGEMENT_PORT must differ");
        }
        return settings;
    }

    /** @throws jp.sekisho.stack.net.PortTaken if somebody listens on one of the ports */
    void requireFree() {
        Ports.require(httpPort, "Keycloak", "SEKISHO_HTTP_PORT");
        Ports.require(appPort, "trading app", "SEKISHO_APP_PORT");
        Ports.require(inboxPort, "mail inbox", "SEKISHO_INBOX_PORT");
        Ports.require(managementPort, "health and metrics", "SEKISHO_MANAGEMENT_PORT");
    }

    URI keycloak() {
        return local(httpPort);
    }

    URI app() {
        return local(appPort);
    }

    URI inbox() {
        return local(inboxPort);
    }

    private static URI local(int port) {
        return URI.create("http://localhost:" + port);
    }

    private static int port(Map<String, String> environment, String name, int fallback) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            return fallback;
        }
        try {
            int port = Integer.parseInt(value.strip());
            if (port >= 1 && port <= HIGHEST) {
                return port;
            }
        } catch (NumberFormatException e) {
            // The message below names the value.
        }
        throw new Unusable(name + "=" + value + " is not a port; a port is a number from 1 to " + HIGHEST);
    }
}
