package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.sekisho.demo.tour.Browser;

/** Pages as they look, to be looked at, in target/screenshots; and what can be judged without eyes is. */
final class Pictures {

    private static final Path DIRECTORY = Path.of("target", "screenshots");

    /** WCAG 2.2 AA as far as a program can tell; a contrast that axe cannot compute is a finding, too. */
    private static final String FINDINGS = """
            const done = arguments[arguments.length - 1];
            const say = (rules) => rules.flatMap((rule) =>
                rule.nodes.map((node) => `${rule.id} ${node.target.join(" ")}: ${node.failureSummary ?? node.html}`));
            // Behind a modal dialogue nothing can be reached, but axe would find the dialogue lying on it.
            const modal = document.querySelector("dialog[open]");
            const all = modal ? [...document.body.querySelectorAll("*")] : [];
            const behind = all.filter((each) => !each.contains(modal) && !modal.contains(each));
            const below = all.filter((each) => each.contains(modal) && each !== modal);
            // Where a box below ends between two lines, axe computes no background of them.
            const clear = (visibility, display, height) => {
                behind.forEach((each) => (each.style.visibility = visibility));
                below.forEach((each) => (each.style.display = display));
                document.body.style.minHeight = height;
            };
            if (modal) {
                clear("hidden", "contents", "100vh");
            }
            axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
                (found) => say(found.violations).concat(
                    say(found.incomplete.filter((rule) => rule.id === "color-contrast"))),
                (error) => [`axe did not run: ${error}`]).then((findings) => {
                    clear("", "", "");
                    done(findings);
                });
            """;

    private static final String AXE = axe();

    private Pictures() {}

    static void take(BrowserVisitor visitor, String locale, String page) throws IOException {
        take(visitor.browser(), locale, page);
    }

    /** At both sizes; at 360 pixels nothing has to be scrolled sideways. */
    static void take(Browser browser, String locale, String page) throws IOException {
        Files.createDirectories(DIRECTORY);
        browser.resize(1280, 900);
        Files.write(DIRECTORY.resolve(page + "-" + locale + "-desktop.png"), browser.picture());
        browser.resize(360, 740);
        Files.write(DIRECTORY.resolve(page + "-" + locale + "-360.png"), browser.picture());
        assertThat(browser.ask("arguments[0](document.documentElement.clientWidth)"))
                .as("no scroll bar takes room")
                .isEqualTo(360L);
        assertThat(browser.sidewaysScroll()).as(page + " " + locale).isZero();
        // What is beyond the screen has no background that axe could compute.
        browser.resize(360, 2400);
        browser.add(AXE);
        assertThat((List<?>) browser.ask(FINDINGS)).as(page + " " + locale).isEmpty();
        browser.resize(1280, 900);
    }

    private static String axe() {
        try (InputStream script = Pictures.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
