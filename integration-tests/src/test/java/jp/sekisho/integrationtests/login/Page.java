package jp.sekisho.integrationtests.login;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** What a visitor stands before. */
final class Page {

    /** Told by what is on the page, as a person would. */
    enum Kind {
        PASSWORD("#kc-form-login"),
        OTP("#kc-otp-login-form"),
        MAIL_CODE("#sekisho-mail-code-form"),
        REMEMBER("#sekisho-remember-form"),
        REFUSED("#authenticateWebAuthnButton"),
        NEW_PASSWORD("#kc-passwd-update-form"),
        LOCKED("ul.sekisho-next"),
        FINAL_REFUSAL("#sekisho-contact"),
        OTHER("body"),
        APP("");

        private final String css;

        Kind(String css) {
            this.css = css;
        }
    }

    private final Visitor visitor;
    private final HttpResponse<String> response;
    private final Document document;

    Page(Visitor visitor, HttpResponse<String> response) {
        this.visitor = visitor;
        this.response = response;
        this.document = Jsoup.parse(response.body(), response.uri().toString());
    }

    Kind kind() {
        if (callback().isPresent()) {
            return Kind.APP;
        }
        return Stream.of(Kind.values())
                .filter(kind -> kind != Kind.APP && document.selectFirst(kind.css) != null)
                .findFirst()
                .orElseThrow();
    }

    int status() {
        return response.statusCode();
    }

    HttpResponse<String> response() {
        return response;
    }

    Document document() {
        return document;
    }

    /** What a person reads. */
    String text() {
        return document.body().text();
    }

    List<String> reasons() {
        return document.select("#sekisho-reasons li").eachText();
    }

    /** The code with which the customer comes back to the app. */
    Optional<String> code() {
        return callback()
                .flatMap(location -> Stream.of(location.getRawQuery().split("&"))
                        .filter(part -> part.startsWith("code="))
                        .map(part -> part.substring("code=".length()))
                        .findFirst());
    }

    App.Tokens tokens() throws Exception {
        return visitor.world().app().exchange(code().orElseThrow(() -> new AssertionError(toString())));
    }

    private Optional<URI> callback() {
        return response.headers()
                .firstValue("Location")
                .filter(location ->
                        location.startsWith(visitor.world().app().base().toString()))
                .map(URI::create);
    }

    /** The browser's button. */
    Page reload() {
        return visitor.get(URI.create(document.selectFirst("form[method=post]").absUrl("action")));
    }

    Page follow(String css) {
        Element link = document.selectFirst(css);
        if (link == null) {
            throw new AssertionError("No " + css + ": " + this);
        }
        return visitor.get(URI.create(link.absUrl("href")));
    }

    Page password(String username, String password) {
        return submit("#kc-form-login", Map.of("username", username, "password", password));
    }

    Page otp(String code) {
        return submit("#kc-otp-login-form", Map.of("otp", code));
    }

    Page mailCode(String code) {
        return submit("#sekisho-mail-code-form", Map.of("code", code));
    }

    Page resendMailCode() {
        return submit("#sekisho-mail-code-form", Map.of("resend", "true"));
    }

    Page remember(boolean yes) {
        return submit("#sekisho-remember-form", Map.of("remember", yes ? "yes" : "no"));
    }

    /** Sends a form of the page with its hidden fields and these values. */
    Page submit(String css, Map<String, String> values) {
        Element form = document.selectFirst(css);
        if (form == null) {
            throw new AssertionError("No " + css + ": " + this);
        }
        Map<String, String> all = new LinkedHashMap<>();
        form.select("input[type=hidden][name]").forEach(field -> all.put(field.attr("name"), field.val()));
        all.putAll(values);
        return visitor.submit(URI.create(form.absUrl("action")), all);
    }

    @Override
    public String toString() {
        return response.statusCode() + " " + kind() + " " + text();
    }
}
