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
import org.keycloak.theme.beans.AdvancedMessageFormatterMethod;
import org.keycloak.theme.beans.MessageFormatterMethod;

/**
 * Keycloak's pages of logins. What they take from a theme is made once, and not for every page: its messages were copied six times, which was half
 * of what a page cost.
 */
public final class LoginForms extends FreeMarkerLoginFormsProvider {

    private final ThemeCache cache;

    private LoginForms(KeycloakSession session, ThemeCache cache) {
        super(session);
        this.cache = cache;
    }

    @Override
    protected Properties handleThemeResources(Theme theme, Locale locale) {
        if (!session.theme().isCacheEnabled()) {
            return super.handleThemeResources(theme, locale);
        }
        try {
            Properties messages = cache.messages(theme, realm, locale);
            Properties properties = theme.getProperties();
            attributes.put("msg", new MessageFormatterMethod(locale, new MessagesAndAttributes(messages, attributes)));
            attributes.put("advancedMsg", new AdvancedMessageFormatterMethod(locale, messages));
            attributes.put("properties", properties);
            attributes.put("themeResources", cache.resources(theme));
            attributes.put(
                    "darkMode",
                    Boolean.parseBoolean(properties.getProperty("darkMode")) && realm.getAttribute("darkMode", true));
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends FreeMarkerLoginFormsProviderFactory {

        private final ThemeCache cache = new ThemeCache();

        @Override
        public LoginFormsProvider create(KeycloakSession session) {
            return new LoginForms(session, cache);
        }
    }
}
