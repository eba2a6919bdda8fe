package jp.sekisho.endpoints.pages;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import jp.sekisho.policies.profile.Contact;

/**
 * The page before anything is on it.
 *
 * @param base Keycloak as browsers see it, with a slash at its end
 * @param firm what the firm calls itself
 * @param contact whom a customer telephones who must not log in any more
 * @param language in which the page begins; the customer's own follows when it is known who he is
 * @param hash of the files
 * @param now by which proofs are judged: a customer's own clock may be wrong
 */
// FFAJ-5.1-S1
record Shell(URI base, String realm, String firm, Contact contact, String language, String hash, Instant now) {

    /** The shipped realm's client of these pages. */
    private static final String CLIENT = "sekisho-pages";

    String html() {
        String files = files();
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="UTF-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <link rel="stylesheet" href="%s">
                <script type="module" src="%s"></script>
                </head>
                <body data-firm="%s" data-desk="%s" data-phone="%s" data-hours="%s" data-realm="%s" data-pages="%s" data-client="%s" data-now="%d">
                <noscript>JavaScriptを有効にしてください。 Please enable JavaScript.</noscript>
                </body>
                </html>
                """.formatted(
                        escaped(language),
                        escaped(firm),
                        escaped(files + "pages.css"),
                        escaped(files + "main.js"),
                        escaped(firm),
                        escaped(contact.name()),
                        escaped(contact.phone()),
                        escaped(contact.hours()),
                        escaped(realmUrl()),
                        escaped(pages()),
                        CLIENT,
                        now.getEpochSecond());
    }

    /** Only our own files, and no text of a page becomes a script: even a hole in a page is no script of a stranger's. */
    String contentSecurityPolicy() {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + files(),
                "style-src " + files(),
                "img-src data:",
                "connect-src " + realmUrl() + '/',
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html");
    }

    private String files() {
        return pages() + hash + '/';
    }

    private String pages() {
        return realmUrl() + "/sekisho/pages/";
    }

    private String realmUrl() {
        return base.resolve("realms/" + path(realm)).toString();
    }

    private static String path(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }
}
