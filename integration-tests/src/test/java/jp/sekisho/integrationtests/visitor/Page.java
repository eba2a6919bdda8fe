package jp.sekisho.integrationtests.visitor;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.stack.passkey.SoftPasskey;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a visitor stands before. */
public final class Page {

    /** Told by what is on the page, as a person would. */
    public enum Kind {
        PASSWORD("#kc-form-login"),
        OTP("#kc-otp-login-form"),
        MAIL_CODE("#sekisho-mail-code-form"),
        REMEMBER("#sekisho-remember-form"),
        REFUSED("#authenticateWebAuthnButton"),
        NEW_PASSWORD("#kc-passwd-update-form"),
        LOCKED("ul.sekisho-next"),
        POSTAL_CODE("#sekisho-postal-code-form"),
        FINAL_REFUSAL("#sekisho-contact"),
        OTHER("body"),
        APP("");

        private final String css;

        Kind(String css) {
            this.css = css;
        }
    }

    private static final Pattern CHALLENGE = Pattern.compile("challenge(?:\\s*:\\s*|=)\"([^\"]+)\"");

    private final Visitor visitor;
    private final HttpResponse<String> response;
    private final Document document;

    Page(Visitor visitor, HttpResponse<String> response) {
        this.visitor = visitor;
        this.response = response;
        this.document = Jsoup.parse(response.body(), response.uri().toString());
    }

    public Page inFrontOf(Visitor other) {
        return new Page(other, response);
    }

    public Visitor visitor() {
        return visitor;
    }

    /** The visitor's connection brings this with every request from now on. */
    public Page bringing(String header, String value) {
        visitor.header(header, value);
        return this;
    }

    public Kind kind() {
        if (callback().isPresent()) {
            return Kind.APP;
        }
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.APP && document.selectFirst(kind.css) != null)
                .findFirst()
                .orElseThrow();
    }

    public int status() {
        return response.statusCode();
    }

    public HttpResponse<String> response() {
        return response;
    }

    public Document document() {
        return document;
    }

    /** What a person reads. */
    public String text() {
        return document.body().text();
    }

    public List<String> reasons() {
        return document.select("#sekisho-reasons li").eachText();
    }

    /** The code with which the customer comes back to the app. */
    public Optional<String> code() {
        return parameter("code");
    }

    /** What the customer brings back to the app. */
    public Optional<String> parameter(String name) {
        return callback()
                .flatMap(location -> Stream.of(location.getRawQuery().split("&"))
                        .filter(part -> part.startsWith(name + '='))
                        .map(part -> part.substring(name.length() + 1))
                        .findFirst());
    }

    public boolean shows(String css) {
        return document.selectFirst(css) != null;
    }

    public App.Tokens tokens() throws Exception {
        return visitor.app().exchange(code().orElseThrow(() -> new AssertionError(toString())));
    }

    private Optional<URI> callback() {
        return response.headers()
                .firstValue("Location")
                .filter(location -> location.startsWith(visitor.app().callback()))
                .map(URI::create);
    }

    /** The browser's button. */
    public Page reload() {
        return visitor.get(URI.create(document.selectFirst("form[method=post]").absUrl("action")));
    }

    public Page follow(String css) {
        Element link = document.selectFirst(css);
        if (link == null) {
            throw new AssertionError("No " + css + ": " + this);
        }
        return visitor.get(URI.create(link.absUrl("href")));
    }

    public Page password(String username, String password) {
        return submit("#kc-form-login", Map.of("username", username, "password", password));
    }

    /** The browser holds this passkey, and its owner agrees. */
    public Page passkey(SoftPasskey passkey) {
        return passkey(passkey, visitor.app().keycloak());
    }

    /** The same on a page of another origin, which hands it on. */
    public Page passkey(SoftPasskey passkey, URI origin) {
        Matcher challenge = CHALLENGE.matcher(response.body());
        if (!challenge.find()) {
            throw new AssertionError("No challenge: " + this);
        }
        return submit("form#webauth", passkey.answer(challenge.group(1), origin));
    }

    public Page otp(String code) {
        return submit("#kc-otp-login-form", Map.of("otp", code));
    }

    public Page mailCode(String code) {
        return submit("#sekisho-mail-code-form", Map.of("code", code));
    }

    public Page resendMailCode() {
        return submit("#sekisho-mail-code-form", Map.of("resend", "true"));
    }

    public Page remember(boolean yes) {
        return submit("#sekisho-remember-form", Map.of("remember", yes ? "yes" : "no"));
    }

    /** Sends the only form of a stock page. */
    public Page submit(Map<String, String> values) {
        return submit("form", values);
    }

    /** Sends a form of the page with its hidden fields and these values. */
    public Page submit(String css, Map<String, String> values) {
        return submit(action -> action, css, values);
    }

    /** The same to a node behind the address that the form names. */
    public Page submitTo(URI node, String css, Map<String, String> values) {
        return submit(action -> node.resolve("/").resolve(action.resolve("/").relativize(action)), css, values);
    }

    private Page submit(UnaryOperator<URI> action, String css, Map<String, String> values) {
        Element form = document.selectFirst(css);
        if (form == null) {
            throw new AssertionError("No " + css + ": " + this);
        }
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input[type=hidden][name]").forEach(field -> all.put(field.attr("name"), field.val()));
        all.putAll(values);
        return visitor.submit(action.apply(URI.create(form.absUrl("action"))), all);
    }

    @Override
    public String toString() {
        return response.statusCode() + " " + kind() + " " + text();
    }
}
