package jp.sekisho.demo.tour;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.passkey.SoftPasskey;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;
import org.openqa.selenium.virtualauthenticator.Credential;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticator;
import org.openqa.selenium.virtualauthenticator.VirtualAuthenticatorOptions;

/** A headless Chromium with a profile of its own: one customer's device. */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Pages are there sooner than in the half second after which Selenium would look again. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> DRIVERS = List.of("chromedriver");

    /** Held here, because loggers that nobody holds forget their level: Selenium warns of each new Chromium. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final Path profile;
    private final ChromeDriver driver;
    private VirtualAuthenticator authenticator;
    private List<Credential> passkeys = List.of();
    private final Thread atEnd = new Thread(this::quit, "quit-browser");

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
        Runtime.getRuntime().addShutdownHook(atEnd);
    }

    /** @throws IllegalStateException if no Chromium or no driver is on the path */
    public static Browser start(String locale) throws IOException {
        Path profile = Files.createTempDirectory("sekisho-browser-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(program(BROWSERS).toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                // As on a telephone: a bar that takes room would leave 345 of 360 pixels.
                "--hide-scrollbars",
                "--window-size=1000,900",
                "--lang=" + locale,
                "--user-data-dir=" + profile);
        // Of --lang it is only its own dialogues.
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", locale));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program(DRIVERS).toFile())
                .build();
        return new Browser(profile, new ChromeDriver(service, options));
    }

    private static Path program(List<String> names) {
        List<String> places =
                Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return names.stream()
                .flatMap(name -> places.stream().map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("None of " + names + " is installed; see tools/install-browser.sh"));
    }

    public void open(URI page) {
        driver.get(page.toString());
    }

    public String url() {
        return driver.getCurrentUrl();
    }

    /** The text that a person sees. */
    public String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    public boolean shows(String css) {
        return wait(css).until(ignored -> find(css)).isPresent();
    }

    public void type(String css, String text) {
        with(css, field -> {
            field.clear();
            field.sendKeys(text);
            return field;
        });
    }

    /** Chooses an entry of a list. */
    public void choose(String css, String value) {
        new Select(await(css)).selectByValue(value);
    }

    /** Clicks what leads to another page, and waits until that is there. */
    public void follow(String css) {
        WebElement element = await(css);
        followed(css, element::click);
    }

    private void followed(String what, Runnable leave) {
        driver.executeScript("window.sekishoLeft = true");
        leave.run();
        wait("another page after " + what)
                .until(ignored -> Boolean.TRUE.equals(
                        driver.executeScript("return !window.sekishoLeft && document.readyState === 'complete'")));
    }

    /** Whether the page is there to its end. */
    boolean loaded() {
        return Boolean.TRUE.equals(driver.executeScript("return document.readyState === 'complete'"));
    }

    /** What a page of the server asks of the person in a dialogue of the browser. */
    public void acceptPrompt() {
        wait("a dialogue").until(ExpectedConditions.alertIsPresent()).accept();
    }

    /** The same, with words of the person's own. */
    public void answerPrompt(String words) {
        Alert prompt = wait("a dialogue").until(ExpectedConditions.alertIsPresent());
        prompt.sendKeys(words);
        prompt.accept();
    }

    /** Clicks, and does not wait for what comes of it. */
    public void click(String css) {
        with(css, element -> {
            element.click();
            return element;
        });
    }

    /**
     * From now on this device has its passkeys at hand: an authenticator of the platform that always finds its owner
     * willing.
     *
     * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-automation">WebAuthn, automation</a>
     */
    public void holdPasskeys() {
        authenticator = driver.addVirtualAuthenticator(new VirtualAuthenticatorOptions()
                .setProtocol(VirtualAuthenticatorOptions.Protocol.CTAP2)
                .setTransport(VirtualAuthenticatorOptions.Transport.INTERNAL)
                .setHasResidentKey(true)
                .setHasUserVerification(true)
                .setIsUserVerified(true));
        passkeys.forEach(authenticator::addCredential);
    }

    /** Another authenticator of the platform, which has no passkey yet. */
    public void holdNewAuthenticator() {
        passkeys = List.of();
        holdPasskeys();
    }

    /**
     * An authenticator of the platform with this passkey alone.
     *
     * @param userId of Keycloak's user
     */
    public void hold(SoftPasskey passkey, String site, String userId) {
        passkeys = List.of(Credential.createResidentCredential(
                passkey.id(), site, passkey.key(), userId.getBytes(StandardCharsets.UTF_8), 0));
        holdPasskeys();
    }

    /** The passkeys are kept, but not at hand until {@link #holdPasskeys}. */
    public void layPasskeysAside() {
        passkeys = authenticator.getCredentials();
        driver.removeVirtualAuthenticator(authenticator);
    }

    /** An authenticator whose owner does not show that it is he: each ceremony fails. */
    public void holdPasskeysUnwilling() {
        holdPasskeys();
        authenticator.setUserVerified(false);
    }

    /** Presses keys, wherever the focus is. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses keys that lead to another page, and waits until that is there. */
    public void pressAndFollow(CharSequence... keys) {
        followed("keys", () -> press(keys));
    }

    /** The button of the browser. */
    public void back() {
        driver.navigate().back();
    }

    /** Runs a script on the page, which calls its last argument with what it found. */
    public Object ask(String script) {
        return driver.executeAsyncScript(script);
    }

    /** Makes a script part of the page, whatever its content security policy says. */
    public void add(String script) {
        driver.executeScript(script);
    }

    /** The id of the element that has the focus. */
    public String focus() {
        return driver.switchTo().activeElement().getDomAttribute("id");
    }

    /** Shows pages as a screen of this size would, in CSS pixels. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** How far the page is wider than the screen, in CSS pixels; 0 where nothing has to be scrolled sideways. */
    public long sidewaysScroll() {
        Object beyond =
                driver.executeScript("return Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
        return ((Number) beyond).longValue();
    }

    /** The whole page as PNG. */
    public byte[] picture() {
        Object picture = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        return Base64.getDecoder().decode((String) picture);
    }

    /** Forgets all cookies, of whatever path, but those whose name begins so. */
    public void forgetCookiesBut(String... prefixes) {
        Object cookies =
                driver.executeCdpCommand("Network.getAllCookies", Map.of()).get("cookies");
        for (Object each : (List<?>) cookies) {
            Map<?, ?> cookie = (Map<?, ?>) each;
            String name = (String) cookie.get("name");
            if (Arrays.stream(prefixes).noneMatch(name::startsWith)) {
                driver.executeCdpCommand(
                        "Network.deleteCookies",
                        Map.of("name", name, "domain", cookie.get("domain"), "path", cookie.get("path")));
            }
        }
    }

    /** A cookie of the page in view, as {@code name=value}: what a thief takes. */
    public String cookie(String name) {
        return name + '=' + driver.manage().getCookieNamed(name).getValue();
    }

    /** Takes over a cookie of somebody else. @param cookie as {@code name=value} @param site for which pages it is */
    public void takeCookie(String cookie, URI site) {
        String[] pair = cookie.split("=", 2);
        driver.executeCdpCommand(
                "Network.setCookie",
                Map.of("name", pair[0], "value", pair[1], "url", site.toString(), "path", site.getPath()));
    }

    public WebElement await(String css) {
        return wait(css).until(ignored -> find(css).orElse(null));
    }

    public String textOf(String css) {
        return with(css, WebElement::getText);
    }

    /** Looks for the element again where the page took it away in between. */
    private <T> T with(String css, Function<WebElement, T> work) {
        return wait(css).until(ignored -> find(css).map(work).orElse(null));
    }

    /** Waits until something is there. */
    public <T> T await(String what, Supplier<T> question) {
        return wait(what).until(ignored -> question.get());
    }

    private Optional<WebElement> find(String css) {
        return driver.findElements(By.cssSelector(css)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst();
    }

    private WebDriverWait wait(String what) {
        WebDriverWait wait = new WebDriverWait(driver, PATIENCE, LOOK_EVERY);
        // A page that draws itself anew takes an element away while it is looked at.
        wait.ignoring(StaleElementReferenceException.class);
        wait.withMessage(() -> "waiting for " + what + " at " + url() + "\n" + text());
        return wait;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atEnd);
        quit();
    }

    private void quit() {
        driver.quit();
        try {
            Trees.delete(profile);
        } catch (IOException e) {
            // A process of the browser that is still ending may write there; it is a temporary directory.
        }
    }
}
