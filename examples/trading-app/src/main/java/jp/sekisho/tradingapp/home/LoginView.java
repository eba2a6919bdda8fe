package jp.sekisho.tradingapp.home;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.tradingapp.login.Level;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/**
 * What the page says of a login.
 *
 * @param level the key of the level, or {@code unknown}
 * @param factors the keys of the factors shown, in the order of the token
 * @param at the time in Japan; empty if the identity provider did not say
 */
public record LoginView(String name, String email, String level, List<String> factors, Optional<ZonedDateTime> at) {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final List<String> KNOWN_FACTORS = List.of("pwd", "otp", "hwk");

    static LoginView of(OidcUser user, Locale locale) {
        List<String> amr = Optional.ofNullable(user.getClaimAsStringList("amr")).orElse(List.of());
        String acr = user.getAuthenticationContextClass();
        return new LoginView(
                name(user, locale),
                Optional.ofNullable(user.getEmail()).orElse(""),
                Level.of(acr).map(Level::key).orElse("unknown"),
                amr.stream().filter(KNOWN_FACTORS::contains).distinct().toList(),
                Optional.ofNullable(user.getAuthenticatedAt()).map(time -> time.atZone(JAPAN)));
    }

    private static String name(OidcUser user, Locale locale) {
        boolean familyFirst = locale.getLanguage().equals("ja");
        String first = familyFirst ? user.getFamilyName() : user.getGivenName();
        String second = familyFirst ? user.getGivenName() : user.getFamilyName();
        List<String> names = Stream.of(first, second)
                .filter(part -> part != null && !part.isBlank())
                .toList();
        return names.isEmpty() ? user.getPreferredUsername() : String.join(" ", names);
    }
}
