package jp.sekisho.eventlisteners.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.common.enums.HostnameVerificationPolicy;
import org.keycloak.email.DefaultEmailAuthenticator;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.EmailAuthenticator;
import org.keycloak.email.EmailAuthenticator.AuthenticatorType;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.truststore.JSSETruststoreConfigurator;
import org.keycloak.truststore.TruststoreProvider;

class SmtpSenderTest {

    private static final String CUSTOMER = "taro@example.jp";
    private static final EmailAuthenticator PASSWORD = (session, config, transport) -> {
        try {
            transport.connect(config.get("user"), config.get("password"));
        } catch (MessagingException refused) {
            throw new EmailException("refused", refused);
        }
    };
    private static final Map<AuthenticatorType, EmailAuthenticator> AUTHENTICATORS =
            Map.of(AuthenticatorType.NONE, new DefaultEmailAuthenticator(), AuthenticatorType.BASIC, PASSWORD);

    private GreenMail server;
    private Relay relay;
    private SmtpSender sender;

    @BeforeEach
    void start() throws IOException {
        server = new GreenMail(new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
        });
        server.start();
        relay = new Relay(server.getSmtp().getPort());
        sender = sender(HostnameVerificationPolicy.ANY);
    }

    @AfterEach
    void stop() {
        sender.close();
        relay.close();
        server.stop();
    }

    private static SmtpSender sender(HostnameVerificationPolicy policy) {
        return new SmtpSender(
                null, AUTHENTICATORS, new SmtpSetups(session -> new JSSETruststoreConfigurator(new Trusting(policy))));
    }

    private Map<String, String> config(String... more) {
        Map<String, String> config = new HashMap<>(
                Map.of("host", "127.0.0.1", "port", Integer.toString(relay.port()), "from", "sekisho@example.jp"));
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    private void send(String address, String subject) throws EmailException {
        sender.send(config(), address, subject, "text", "<p>html</p>");
    }

    private List<String> subjects() throws MessagingException {
        return Stream.of(server.getReceivedMessages())
                .map(message -> {
                    try {
                        return message.getSubject();
                    } catch (MessagingException unreadable) {
                        throw new IllegalStateException(unreadable);
                    }
                })
                .toList();
    }

    @Test
    void theMailsOfOneSessionGoOverOneConnection() throws Exception {
        send(CUSTOMER, "1");
        send("hanako@example.jp", "2");
        send(CUSTOMER, "3");
        assertThat(subjects()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(relay.connections()).isOne();
    }

    @Test
    void theConnectionEndsWithTheSession() throws Exception {
        send(CUSTOMER, "1");
        sender.close();
        send(CUSTOMER, "2");
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void aConnectionThatTheServerClosedIsOpenedAnew() throws Exception {
        send(CUSTOMER, "1");
        relay.hangUp();
        send(CUSTOMER, "2");
        send(CUSTOMER, "3");
        assertThat(subjects()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(relay.connections()).isEqualTo(2);
    }

    @Test
    void aMailThatMayHaveArrivedIsNotSentAgainHere() throws Exception {
        send(CUSTOMER, "1");
        relay.hangUpAfterData();
        assertThatThrownBy(() -> send(CUSTOMER, "2")).isInstanceOf(EmailException.class);
        assertThat(relay.connections()).isOne();
    }

    @Test
    void aRefusedRecipientIsNobodyElsesTrouble() throws Exception {
        send(CUSTOMER, "1");
        assertThatThrownBy(() -> send(Relay.REFUSED, "2"))
                .isInstanceOf(EmailException.class)
                .hasMessageNotContaining(Relay.REFUSED)
                .cause()
                .isInstanceOfSatisfying(
                        SendFailedException.class,
                        refused -> assertThat(refused.getInvalidAddresses()).hasSize(1));
        send(CUSTOMER, "3");
        assertThat(subjects()).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void aServerThatIsNotThereIsTriedAgainWithTheNextMail() throws Exception {
        int port = server.getSmtp().getPort();
        server.stop();
        assertThatThrownBy(() -> send(CUSTOMER, "1")).hasCauseInstanceOf(EmailException.class);
        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        send(CUSTOMER, "2");
        assertThat(subjects()).containsExactly("2");
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> send("taro@", "1"))
                .isInstanceOf(EmailException.class)
                .hasMessageNotContaining("taro");
        assertThatThrownBy(() -> send("太郎@example.jp", "1"))
                .isInstanceOf(EmailException.class)
                .hasMessageNotContaining("太郎");
        assertThat(relay.connections()).isZero();
    }

    @Test
    void logsInWhereTheRealmSaysSo() throws Exception {
        server.setUser(CUSTOMER, "smtp-user", "right");
        Map<String, String> config = config("auth", "true", "user", "smtp-user", "password", "right");
        sender.send(config, CUSTOMER, "in", "text", null);
        assertThat(subjects()).containsExactly("in");
        Map<String, String> wrong = config("auth", "true", "user", "smtp-user", "password", "wrong");
        assertThatThrownBy(() -> sender.send(wrong, CUSTOMER, "out", "text", null))
                .isInstanceOf(EmailException.class)
                .hasRootCauseInstanceOf(AuthenticationFailedException.class);
        assertThat(subjects()).containsExactly("in");
    }

    @Test
    void startTlsIsAskedForAndGoneWithoutWhereTheServerHasNone() throws Exception {
        sender.send(config("starttls", "true"), CUSTOMER, "1", "text", null);
        assertThat(subjects()).containsExactly("1");
    }

    @Test
    void aTokenIsShownWithItsOwnMechanism() throws Exception {
        SmtpSetup setup = SmtpSetup.of(
                config("auth", "true", "authType", "token"),
                () -> new JSSETruststoreConfigurator(new Trusting(HostnameVerificationPolicy.ANY)));
        assertThat(setup.session().getProperty("mail.smtp.auth.mechanisms")).isEqualTo("XOAUTH2");
    }

    @Test
    void tlsTrustsTheServersTruststoreAndChecksTheHost() throws Exception {
        Map<String, String> config =
                config("ssl", "true", "port", Integer.toString(server.getSmtps().getPort()));
        sender.send(config, CUSTOMER, "any host", "text", null);
        SmtpSender strict = sender(HostnameVerificationPolicy.DEFAULT);
        assertThatThrownBy(() -> strict.send(config, CUSTOMER, "this host", "text", null))
                .isInstanceOf(EmailException.class)
                .hasStackTraceContaining(SSLException.class.getPackageName());
        assertThat(subjects()).containsExactly("any host");
    }

    static Stream<Map<String, String>> settings() {
        return Stream.of(
                Map.of(),
                Map.of("fromDisplayName", "関所証券"),
                Map.of("replyTo", "reply@例え.jp", "replyToDisplayName", "Desk, 窓口"),
                Map.of("replyTo", " ", "replyToDisplayName", "nobody"),
                Map.of("from", "sekisho@日本.jp", "envelopeFrom", "bounce@example.jp"),
                Map.of("allowutf8", "true", "fromDisplayName", "関所"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatArrivesIsWhatTheStockSenderWouldHaveSent(Map<String, String> settings) throws Exception {
        Map<String, String> config = config();
        config.putAll(settings);
        EmailSenderProvider stock = new DefaultEmailSenderProvider(null, AUTHENTICATORS);
        for (EmailSenderProvider each : List.of(stock, sender)) {
            each.send(config, CUSTOMER, "ログインのお知らせ ".repeat(5), "本文\n二行目", "<p>本文</p>");
            each.send(config, "taro@日本語.jp", "x", null, "<p>html</p>");
        }
        MimeMessage[] arrived = server.getReceivedMessages();
        assertThat(arrived).hasSize(4);
        assertThat(Arrays.stream(arrived).map(SmtpSenderTest::content).distinct())
                .hasSize(2);
    }

    /** Without what is another one in each mail. */
    private static Map<String, Object> content(MimeMessage message) {
        try {
            Map<String, Object> content = new TreeMap<>();
            for (Header header : Collections.list(message.getAllHeaders())) {
                if (!List.of("Message-ID", "Date", "Content-Type", "Received").contains(header.getName())) {
                    content.put(header.getName(), header.getValue().replace("=?utf-8?", "=?UTF-8?"));
                }
            }
            MimeMultipart body = (MimeMultipart) message.getContent();
            for (int i = 0; i < body.getCount(); i++) {
                content.put(
                        "part " + i,
                        body.getBodyPart(i).getContentType()
                                + body.getBodyPart(i).getContent());
            }
            return content;
        } catch (MessagingException | IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** Trusts the test server's own certificate, which names no host of ours. */
    private record Trusting(HostnameVerificationPolicy policy) implements TruststoreProvider {

        @Override
        public HostnameVerificationPolicy getPolicy() {
            return policy;
        }

        @Override
        public KeyStore getTruststore() {
            try (var file = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
                KeyStore own = KeyStore.getInstance("PKCS12");
                own.load(file, "changeit".toCharArray());
                KeyStore trusted = KeyStore.getInstance("PKCS12");
                trusted.load(null, null);
                for (String alias : Collections.list(own.aliases())) {
                    trusted.setCertificateEntry(alias, own.getCertificate(alias));
                }
                return trusted;
            } catch (IOException | GeneralSecurityException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        }

        @Override
        public SSLSocketFactory getSSLSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<X500Principal, List<X509Certificate>> getRootCertificates() {
            return Map.of();
        }

        @Override
        public Map<X500Principal, List<X509Certificate>> getIntermediateCertificates() {
            return Map.of();
        }

        @Override
        public KeyStore getHttpsTruststore() {
            return getTruststore();
        }

        @Override
        public Map<X500Principal, List<X509Certificate>> getHttpsRootCertificates() {
            return Map.of();
        }

        @Override
        public Map<X500Principal, List<X509Certificate>> getHttpsIntermediateCertificates() {
            return Map.of();
        }

        @Override
        public void close() {}
    }
}
