package jp.sekisho.authenticators.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeResourcesParser;
import org.keycloak.theme.beans.AdvancedMessageFormatterMethod;
import org.keycloak.theme.beans.MessageFormatterMethod;

/**
 * Keycloak's pages of logins, with the messages of a theme merged once and not copied six times for every page: that was a third of
 * what a page cost.
 */
public final class LoginForms extends FreeMarkerLoginFormsProvider {

    private final MergedMessages merged;

    private LoginForms(KeycloakSession session, MergedMessages merged) {
        super(session);
        this.merged = merged;
    }

    @Override
    protected Properties handleThemeResources(Theme theme, Locale locale) {
        try {
            Properties messages = messages(theme, locale);
            Properties properties = theme.getProperties();
            attributes.put("msg", new MessageFormatterMethod(locale, new MessagesAndAttributes(messages, attributes)));
            attributes.put("advancedMsg", new AdvancedMessageFormatterMethod(locale, messages));
            attributes.put("properties", properties);
            attributes.put("themeResources", ThemeResourcesParser.parse(properties));
            attributes.put(
                    "darkMode",
                    Boolean.parseBoolean(properties.getProperty("darkMode")) && realm.getAttribute("darkMode", true));
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Properties messages(Theme theme, Locale locale) throws IOException {
        return session.theme().isCacheEnabled()
                ? merged.of(theme, realm, locale)
                : theme.getEnhancedMessages(realm, locale);
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends FreeMarkerLoginFormsProviderFactory {

        private final MergedMessages merged = new MergedMessages();

        @Override
        public LoginFormsProvider create(KeycloakSession session) {
            return new LoginForms(session, merged);
        }
    }
}
