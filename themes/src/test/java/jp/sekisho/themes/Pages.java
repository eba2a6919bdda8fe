package jp.sekisho.themes;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** Renders a page as the server does: same FreeMarker settings, the stock layout, our templates behind the theme's. */
final class Pages {
    private final String theme;
    private final String language;
    private final Configuration configuration;

    private Pages(String theme, String language) {
        this.theme = theme;
        this.language = language;
        this.configuration = configuration(theme);
    }

    static Pages of(String theme, String language) {
        return new Pages(theme, language);
    }

    /** A theme and its parents, nearest first. */
    record Chain(List<String> layers) {
        List<String> reversedLayers() {
            List<String> reversed = new ArrayList<>(layers);
            Collections.reverse(reversed);
            return reversed;
        }
    }

    static Chain chain(String theme) {
        Stream<String> stock = Stream.of("theme/keycloak.v2/login", "theme/base/login");
        return new Chain(
                theme.equals("sekisho")
                        ? Stream.concat(Stream.of("theme/sekisho/login"), stock).toList()
                        : stock.toList());
    }

    private static Configuration configuration(String theme) {
        ClassLoader loader = Pages.class.getClassLoader();
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_32);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setTemplateLoader(new MultiTemplateLoader(
                Stream.concat(chain(theme).layers().stream(), Stream.of("theme-resources/templates"))
                        .map(layer -> new ClassTemplateLoader(loader, layer))
                        .toArray(TemplateLoader[]::new)));
        return configuration;
    }

    /** @param attributes what the authenticator gives, over what Keycloak always gives */
    String render(String template, Map<String, Object> attributes) {
        Map<String, Object> model = new HashMap<>(stock(template));
        model.putAll(attributes);
        StringWriter out = new StringWriter();
        try {
            configuration.getTemplate(template).process(model, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
        return out.toString();
    }

    private Map<String, Object> stock(String template) {
        Locale locale = Locale.forLanguageTag(language);
        Properties words = Words.all(theme, language);
        Properties properties = new Properties();
        chain(theme).reversedLayers().forEach(layer -> properties.putAll(Words.read(layer + "/theme.properties")));
        TemplateMethodModelEx msg = arguments -> say(words, locale, arguments);
        TemplateMethodModelEx sanitize = arguments -> arguments.get(0).toString();

        Map<String, Object> model = new HashMap<>();
        model.put("pageId", template.replace(".ftl", ""));
        model.put("lang", language);
        model.put("title", say(words, locale, List.of("loginTitle", "あおぞら証券")));
        model.put("msg", msg);
        model.put("kcSanitize", sanitize);
        model.put("properties", properties);
        model.put("darkMode", Boolean.valueOf(properties.getProperty("darkMode")));
        model.put("messagesPerField", new FieldErrors(Map.of()));
        model.put("auth", new Auth(null));
        model.put(
                "realm",
                Map.of(
                        "internationalizationEnabled", true,
                        "displayNameHtml", "あおぞら証券",
                        "displayName", "あおぞら証券",
                        "loginWithEmailAllowed", true,
                        "registrationEmailAsUsername", false,
                        "password", true,
                        "resetPasswordAllowed", true,
                        "rememberMe", false,
                        "registrationAllowed", false));
        model.put(
                "locale",
                Map.of(
                        "currentLanguageTag",
                        language,
                        "rtl",
                        false,
                        "supported",
                        List.of(
                                Map.of("url", "?kc_locale=ja", "label", "日本語", "languageTag", "ja"),
                                Map.of("url", "?kc_locale=en", "label", "English", "languageTag", "en"))));
        model.put(
                "url",
                Map.of(
                        "resourcesPath",
                        "resources",
                        "resourcesCommonPath",
                        "common",
                        "loginAction",
                        "login-action",
                        "loginUrl",
                        "/realms/broker/login-actions/authenticate",
                        "loginRestartFlowUrl",
                        "restart",
                        "loginResetCredentialsUrl",
                        "reset",
                        "ssoLoginInOtherTabsUrl",
                        "other-tabs"));
        return model;
    }

    /** As Keycloak's MessageFormatterMethod: an unknown key stands for itself. */
    private static String say(Properties words, Locale locale, List<?> arguments) {
        String key = arguments.get(0).toString();
        Object[] values = arguments.stream().skip(1).map(Object::toString).toArray();
        return new MessageFormat(words.getProperty(key, key), locale).format(values);
    }

    /** What the layout asks of Keycloak's AuthenticationContextBean. */
    public static final class Auth {
        private final String user;

        Auth(String user) {
            this.user = user;
        }

        public boolean showUsername() {
            return user != null;
        }

        public boolean showResetCredentials() {
            return false;
        }

        public boolean showTryAnotherWayLink() {
            return user != null;
        }

        public String getAttemptedUsername() {
            return user;
        }
    }

    /** What the pages ask of Keycloak's MessagesPerFieldBean. */
    public static final class FieldErrors {
        private final Map<String, String> errors;

        FieldErrors(Map<String, String> errors) {
            this.errors = errors;
        }

        public boolean existsError(String... fields) {
            return Stream.of(fields).anyMatch(errors::containsKey);
        }

        public String getFirstError(String... fields) {
            return Stream.of(fields)
                    .filter(errors::containsKey)
                    .findFirst()
                    .map(errors::get)
                    .orElse("");
        }

        public String get(String field) {
            return errors.getOrDefault(field, "");
        }
    }
}
