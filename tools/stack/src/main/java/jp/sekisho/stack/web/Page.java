package jp.sekisho.stack.web;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;

/** A page of our helpers: Japanese first, English beside it, no script, readable on a narrow screen. */
public final class Page {

    private static final String STYLE = """
            :root { color-scheme: light; --ink: #1f2328; --quiet: #57606a; --line: #d0d7de; --accent: #0b57a4; }
            * { box-sizing: border-box; }
            body { margin: 0 auto; max-width: 46rem; padding: 1.25rem 1rem 3rem; color: var(--ink); background: #fff;
                   font: 16px/1.6 "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; overflow-wrap: anywhere; }
            h1 { font-size: 1.35rem; line-height: 1.35; margin: .25rem 0 1rem; }
            a { color: var(--accent); }
            small, .quiet { color: var(--quiet); font-size: .875rem; }
            .note { border-left: .25rem solid var(--accent); padding: .25rem .75rem; margin: 0 0 1.25rem; background: #f2f7fc; }
            .bad { border-color: #b3261e; background: #fdf1f0; }
            ul.rows { list-style: none; margin: 0 0 1.5rem; padding: 0; border-top: 1px solid var(--line); }
            ul.rows > li { border-bottom: 1px solid var(--line); }
            .row { display: block; width: 100%; padding: .7rem .5rem; border: 0; background: none; color: inherit; font: inherit;
                   text-align: left; text-decoration: none; cursor: pointer; }
            .row:hover, .row[aria-current=true] { background: #f2f7fc; }
            .row small { display: block; }
            .own { display: flex; flex-wrap: wrap; gap: .5rem; }
            .own input { flex: 1 1 12rem; min-width: 0; padding: .5rem; font: inherit; border: 1px solid #6e7781; border-radius: .25rem; }
            .own button { padding: .5rem 1.25rem; font: inherit; color: #fff; background: var(--accent); border: 0; border-radius: .25rem; }
            label { display: block; margin-bottom: .25rem; }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem .9rem; margin: 0 0 1rem; }
            dt { color: var(--quiet); } dd { margin: 0; }
            iframe { width: 100%; height: 32rem; border: 1px solid var(--line); background: #fff; }
            pre { white-space: pre-wrap; border: 1px solid var(--line); padding: .75rem; font: inherit; }
            :focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
            """;

    /** Nothing runs and nothing is loaded, whatever a page shows. */
    private static final String POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
                    + "base-uri 'none'; frame-ancestors 'none'";

    private Page() {}

    /** Answers with a page; {@code body} is HTML whose foreign parts went through {@link #escape}. */
    public static void send(HttpServerExchange exchange, int status, String title, String body) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "text/html; charset=UTF-8")
                .put(Headers.CACHE_CONTROL, "no-store")
                .put(new HttpString("Content-Security-Policy"), POLICY)
                .put(new HttpString("X-Content-Type-Options"), "nosniff")
                .put(new HttpString("Referrer-Policy"), "same-origin");
        exchange.getResponseSender().send("""
                        <!DOCTYPE html>
                        <html lang="ja"><head><meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1">
                        <title>%s</title><style>%s</style></head><body><main>
                        %s
                        </main></body></html>
                        """.formatted(escape(title), STYLE, body));
    }

    /** Text as it may stand in HTML, inside elements and quoted attributes. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
