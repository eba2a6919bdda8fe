package jp.sekisho.stack.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Properties;
import jp.sekisho.stack.net.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailInboxTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private MailInbox inbox;

    @BeforeEach
    void start() {
        inbox = MailInbox.start(Ports.free(), Ports.free());
    }

    @AfterEach
    void stop() {
        inbox.close();
    }

    @Test
    void bothPartsOfAMessageAreRead() throws Exception {
        send("yamada@example.jp", "新しい端末からのログイン", "テキスト本文", "<p>HTML 本文</p>");

        Mail mail = inbox.await(any -> true, SOON).orElseThrow();
        assertThat(mail.to()).isEqualTo("yamada@example.jp");
        assertThat(mail.subject()).isEqualTo("新しい端末からのログイン");
        assertThat(mail.text()).contains("テキスト本文");
        assertThat(mail.html()).contains("<p>HTML 本文</p>");
    }

    @Test
    void newestComesFirstAndJsonIsByRecipient() throws Exception {
        send("yamada@example.jp", "first", "1", "1");
        send("suzuki@example.jp", "other", "2", "2");
        send("yamada@example.jp", "second", "3", "3");
        inbox.await(mail -> mail.id() == 3, SOON).orElseThrow();

        JsonNode json = new ObjectMapper()
                .readTree(get("/messages?to=yamada@example.jp").body());

        assertThat(json).extracting(mail -> mail.path("subject").asText()).containsExactly("second", "first");
        assertThat(get("/").body()).containsSubsequence("second", "other", "first");
    }

    @Test
    void whatAMessageContainsIsShownButNeverRuns() throws Exception {
        send(
                "yamada@example.jp",
                "<script>alert('subject')</script>",
                "</pre><script>1</script>",
                "<script>alert('body')</script>");
        inbox.await(any -> true, SOON).orElseThrow();

        HttpResponse<String> page = get("/messages/1");

        assertThat(page.body())
                .contains("sandbox=\"\"", "srcdoc=\"&lt;script&gt;")
                .doesNotContain("<script");
        assertThat(get("/").body()).doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
    }

    @Test
    void unknownMessageIsNotFound() throws Exception {
        assertThat(get("/messages/7").statusCode()).isEqualTo(404);
        assertThat(get("/messages/x").statusCode()).isEqualTo(404);
    }

    @Test
    void canBeDownForAWhileAndKeepsWhatCame() throws Exception {
        send("yamada@example.jp", "before", "", "");

        inbox.stopReceiving();
        assertThatThrownBy(() -> send("yamada@example.jp", "lost", "", "")).isInstanceOf(MessagingException.class);

        inbox.startReceiving();
        send("yamada@example.jp", "after", "", "");

        inbox.await(mail -> mail.subject().equals("after"), SOON).orElseThrow();
        assertThat(inbox.mails()).extracting(Mail::subject).containsExactly("after", "before");
    }

    @Test
    void waitingEndsWithoutAMessage() throws Exception {
        assertThat(inbox.await(any -> true, Duration.ofMillis(50))).isEmpty();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(inbox.base().resolve(path)).build(), BodyHandlers.ofString());
    }

    private void send(String to, String subject, String text, String html) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", "127.0.0.1");
        properties.setProperty("mail.smtp.port", Integer.toString(inbox.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("no-reply@example.jp"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject, "UTF-8");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, "UTF-8");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setContent(html, "text/html; charset=UTF-8");
        message.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(message);
    }
}
