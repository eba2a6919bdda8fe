package jp.sekisho.eventlisteners.notice.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** The theme resources of the themes module, as Keycloak finds them behind every theme. */
final class ClassPathTheme implements Theme {

    @Override
    public URL getTemplate(String name) {
        return ClassPathTheme.class.getResource("/theme-resources/templates/" + name);
    }

    @Override
    public Properties getMessages(Locale locale) {
        return getMessages("messages", locale);
    }

    @Override
    public Properties getMessages(String baseBundlename, Locale locale) {
        Properties messages = new Properties();
        try (InputStream bundle = ClassPathTheme.class.getResourceAsStream(
                        "/theme-resources/messages/" + baseBundlename + "_" + locale.getLanguage() + ".properties");
                Reader text = new InputStreamReader(bundle, StandardCharsets.UTF_8)) {
            messages.load(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return messages;
    }

    @Override
    public Properties getEnhancedMessages(RealmModel realm, Locale locale) {
        return getMessages(locale);
    }

    @Override
    public InputStream getResourceAsStream(String path) {
        return null;
    }

    @Override
    public Properties getProperties() {
        return new Properties();
    }

    @Override
    public String getName() {
        return "class-path";
    }

    @Override
    public String getParentName() {
        return null;
    }

    @Override
    public String getImportName() {
        return null;
    }

    @Override
    public Type getType() {
        return Type.EMAIL;
    }
}
