package jp.sekisho.eventlisteners.notice.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.theme.Theme;

/** Words from the realm's e-mail theme, so that a firm can say them its own way. */
public final class NoticeTexts {

    private NoticeTexts() {}

    public static NoticeText of(KeycloakSession session, OutgoingNotice notice) {
        RealmModel realm = notice.realm();
        try {
            Locale locale = notice.locale();
            return new NoticeWriter(theme(session).getEnhancedMessages(realm, locale), locale)
                    .write(notice, firm(notice));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static Theme theme(KeycloakSession session) throws IOException {
        return session.theme().getTheme(Theme.Type.EMAIL);
    }

    private static String firm(OutgoingNotice notice) {
        String displayName = notice.realm().getDisplayName();
        return displayName == null || displayName.isBlank() ? notice.realm().getName() : displayName;
    }
}
