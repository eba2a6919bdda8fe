package jp.sekisho.stack.mail;

import static jp.sekisho.stack.web.Page.escape;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.Handlers;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.stack.web.Page;

/** The inbox to look at. What a message contains is shown, never run. */
final class InboxPages {

    private static final DateTimeFormatter JST =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Tokyo"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailInbox inbox;

    InboxPages(MailInbox inbox) {
        this.inbox = inbox;
    }

    HttpHandler handler() {
        return Handlers.routing()
                .get("/", this::list)
                .get("/messages", this::json)
                .get("/messages/{id}", this::message)
                .setFallbackHandler(InboxPages::notFound);
    }

    private void list(HttpServerExchange exchange) {
        List<Mail> mails = inbox.mails();
        String rows = mails.stream().map(InboxPages::row).collect(Collectors.joining("\n"));
        exchange.getResponseHeaders().put(Headers.REFRESH, "5");
        Page.send(exchange, StatusCodes.OK, "受信箱 / Inbox (" + mails.size() + ")", """
                <h1>受信箱<br><small lang="en">Inbox: every mail that this machine was asked to send</small></h1>
                %s
                """.formatted(
                        mails.isEmpty()
                                ? "<p class=\"quiet\">まだメールはありません。<span lang=\"en\">No mail yet.</span></p>"
                                : "<ul class=\"rows\">" + rows + "</ul>"));
    }

    private static String row(Mail mail) {
        return "<li><a class=\"row\" href=\"/messages/%d\">%s<small>%s · %s</small></a></li>"
                .formatted(mail.id(), escape(subject(mail)), escape(mail.to()), time(mail.received()));
    }

    private void message(HttpServerExchange exchange) {
        String id = exchange.getQueryParameters().get("id").getFirst();
        inbox.mails().stream()
                .filter(mail -> Long.toString(mail.id()).equals(id))
                .findFirst()
                .ifPresentOrElse(mail -> show(exchange, mail), () -> notFound(exchange));
    }

    private static void show(HttpServerExchange exchange, Mail mail) {
        // An empty sandbox: no script, no form, no navigation, an origin of its own; the page's policy holds inside as
        // well.
        String html = mail.html().isEmpty()
                ? ""
                : "<h2>HTML</h2><iframe sandbox=\"\" title=\"HTML\" srcdoc=\"" + escape(mail.html()) + "\"></iframe>";
        Page.send(exchange, StatusCodes.OK, subject(mail), """
                <p><a href="/">← 受信箱 <span lang="en">Inbox</span></a></p>
                <h1>%s</h1>
                <dl><dt>差出人 From</dt><dd>%s</dd><dt>宛先 To</dt><dd>%s</dd><dt>日時 Date</dt><dd>%s</dd></dl>
                %s
                <h2>テキスト <small lang="en">Text</small></h2><pre>%s</pre>
                """.formatted(
                        escape(subject(mail)),
                        escape(mail.from()),
                        escape(mail.to()),
                        time(mail.received()),
                        html,
                        escape(mail.text())));
    }

    private void json(HttpServerExchange exchange) throws JsonProcessingException {
        Deque<String> to = exchange.getQueryParameters().get("to");
        List<Mail> mails = to == null ? inbox.mails() : inbox.mailsTo(to.getFirst());
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseSender()
                .send(JSON.writeValueAsString(
                        mails.stream().map(InboxPages::fields).toList()));
    }

    private static Map<String, Object> fields(Mail mail) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", mail.id());
        fields.put("received", mail.received().toString());
        fields.put("from", mail.from());
        fields.put("to", mail.to());
        fields.put("subject", mail.subject());
        fields.put("text", mail.text());
        fields.put("html", mail.html());
        return fields;
    }

    private static void notFound(HttpServerExchange exchange) {
        Page.send(
                exchange,
                StatusCodes.NOT_FOUND,
                "404",
                "<p>ページがありません。<span lang=\"en\">There is no such page.</span> <a href=\"/\">受信箱</a></p>");
    }

    private static String subject(Mail mail) {
        return mail.subject().isBlank() ? "（件名なし / no subject）" : mail.subject();
    }

    private static String time(Instant instant) {
        return JST.format(instant) + " JST";
    }
}
