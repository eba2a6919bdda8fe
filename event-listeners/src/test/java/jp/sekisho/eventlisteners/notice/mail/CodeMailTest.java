package jp.sekisho.eventlisteners.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.profile.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.KeycloakSanitizerMethod;
import org.keycloak.theme.beans.MessageFormatterMethod;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProvider;

/** Every code by mail in every language, as it leaves; and no mail of ours is one that no test renders. */
class CodeMailTest {

    private static final String CODE = "02468135";
    private static final ClassPathTheme THEME = new ClassPathTheme();
    private static final DefaultFreeMarkerProvider FREE_MARKER =
            new DefaultFreeMarkerProvider(new ConcurrentHashMap<>(), new KeycloakSanitizerMethod());

    static Stream<Arguments> everyCodeInEveryLanguage() {
        return Stream.of(CodePurpose.values())
                .flatMap(purpose ->
                        Stream.of(Locale.JAPANESE, Locale.ENGLISH).map(locale -> Arguments.of(purpose, locale)));
    }

    @ParameterizedTest
    @MethodSource("everyCodeInEveryLanguage")
    void saysWhereToTypeTheCodeWithoutLinkOrName(CodePurpose purpose, Locale locale) throws FreeMarkerException {
        for (String kind : List.of("html", "text")) {
            String body =
                    FREE_MARKER.processTemplate(attributes(purpose, locale), kind + "/sekisho-login-code.ftl", THEME);
            assertThat(Links.in(body)).as("a link in: %s", body).isFalse();
            assertThat(body)
                    .contains(CODE, "0120-000-000", "お客さまセンター")
                    .doesNotContain("sekisho-", "${", "{0}", "taro", "example.jp");
        }
        assertThat(THEME.getMessages(locale).getProperty("sekisho-login-code-subject"))
                .isNotBlank();
    }

    /** What Keycloak's own mail provider gives to a template. */
    private static Map<String, Object> attributes(CodePurpose purpose, Locale locale) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("purpose", purpose.word());
        attributes.put("code", CODE);
        attributes.put("minutes", 10L);
        attributes.put("contact", new Contact("お客さまセンター", "0120-000-000", "平日 8:00-18:00"));
        attributes.put("locale", locale);
        attributes.put("msg", new MessageFormatterMethod(locale, THEME.getMessages(locale)));
        attributes.put("user", Map.of("username", "taro.yamada", "email", "taro@example.jp", "firstName", "taro"));
        return attributes;
    }

    @Test
    void everyMailTemplateIsRenderedByATest() throws IOException, URISyntaxException {
        assertThat(templates("html")).containsExactlyInAnyOrder("sekisho-notice.ftl", "sekisho-login-code.ftl");
        assertThat(templates("text")).isEqualTo(templates("html"));
    }

    private static Set<String> templates(String kind) throws IOException, URISyntaxException {
        var found = CodeMailTest.class
                .getResource("/theme-resources/templates/" + kind)
                .toURI();
        if (!found.getScheme().equals("jar")) {
            return names(Path.of(found));
        }
        try (FileSystem jar = FileSystems.newFileSystem(found, Map.of())) {
            return names(jar.getPath("/theme-resources/templates/" + kind));
        }
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
