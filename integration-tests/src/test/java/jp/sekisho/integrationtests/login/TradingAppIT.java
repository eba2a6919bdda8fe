package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.process.LoggedProcess;
import jp.sekisho.stack.process.Readiness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sample app says where nobody can log in, or somebody no longer is: alone, with an identity provider that does not answer. */
class TradingAppIT {

    private static final Duration START = Duration.ofMinutes(2);

    private static URI app;
    private static LoggedProcess process;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        int port = Ports.free();
        app = URI.create("http://localhost:" + port);
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("sekisho.trading-app"));
        command.environment()
                .putAll(Map.of(
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(port),
                        "SEKISHO_ISSUER",
                        "http://localhost:" + Ports.free() + "/realms/broker",
                        "SEKISHO_CLIENT_SECRET",
                        "of-nobody"));
        process = LoggedProcess.start(command, directory.resolve("trading-app.log"));
        Readiness.await("The trading app", process, app, START);
    }

    @AfterAll
    static void stop() {
        process.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whoCannotLogInIsToldSoInHisLanguage(String locale) throws Exception {
        try (Browser browser = Browser.start(locale)) {
            browser.open(app.resolve("/login"));
            assertThat(browser.textOf("h1"))
                    .isEqualTo(locale.equals("ja") ? "ただいまログインできません" : "Login is not possible at the moment");
            Pictures.take(browser, locale, "app-unavailable");
            browser.open(app.resolve("/session-ended"));
            assertThat(browser.textOf("h1"))
                    .isEqualTo(locale.equals("ja") ? "ログアウトいたしました" : "You have been logged out");
            Pictures.take(browser, locale, "app-session-ended");
        }
    }
}
