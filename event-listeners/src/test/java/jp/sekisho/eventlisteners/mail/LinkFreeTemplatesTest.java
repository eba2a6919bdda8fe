package jp.sekisho.eventlisteners.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.email.EmailTemplateProvider;

/** A mail that a later Keycloak adds is looked at before it can leave. */
class LinkFreeTemplatesTest {

    /** A template that the caller names, and the test of the mail server, which goes to who asks for it. */
    private static final Set<String> HARMLESS = Set.of("send", "sendSmtpTestEmail");

    @Test
    void everyMailOfStockKeycloakIsReplaced() {
        Set<String> stock = Stream.of(EmailTemplateProvider.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("send") && !HARMLESS.contains(name))
                .collect(Collectors.toSet());
        assertThat(Stream.of(LinkFreeTemplates.class.getDeclaredMethods()).map(Method::getName))
                .containsAll(stock);
    }
}
