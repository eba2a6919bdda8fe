package jp.sekisho.eventlisteners.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.eventlisteners.notice.text.NoticeText;
import jp.sekisho.eventlisteners.notice.text.NoticeText.Row;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.profile.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.models.RealmModel;

/** Every notice and alert to a gateway: no link, no full personal value, not even the address that the mail goes to. */
class WebhookBodyTest {

    private static final String NAME = "taro.yamada@example.jp";
    private static final String ADDRESS = "198.51.100.23";

    private static final RealmModel REALM = (RealmModel) Proxy.newProxyInstance(
            WebhookBodyTest.class.getClassLoader(),
            new Class<?>[] {RealmModel.class},
            (realm, method, arguments) -> method.getName().equals("getName") ? "broker" : null);

    static Stream<Arguments> everyNoticeInEveryLanguage() {
        return Stream.of(Notice.values())
                .flatMap(notice ->
                        Stream.of(Locale.JAPANESE, Locale.ENGLISH).map(locale -> Arguments.of(notice, locale)));
    }

    @ParameterizedTest
    @MethodSource("everyNoticeInEveryLanguage")
    void tellsWhatHappenedWithoutLinkOrFullValue(Notice notice, Locale locale) {
        NoticeValues values = NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z"))
                .on("Chrome (Windows)")
                .from("日本 (Tokyo)", Masking.address(ADDRESS))
                .and(NoticeValues.CHANGED, "lastName");
        OutgoingNotice outgoing = new OutgoingNotice(
                "abcdef01-0000-0000-0000-000000000000",
                REALM,
                Optional.of("f59ca0ca-e8a1-4237-86cb-04f8efc5534c"),
                Masking.name(NAME),
                notice,
                locale,
                new NoticePayload(NAME, values),
                new Contact("お客さまセンター", "0120-000-000", "平日 8:00-18:00"),
                Optional.empty(),
                notice.desk() ? "" : "0123-4567-89AB",
                Map.of());
        NoticeText text = new NoticeText(
                locale.toLanguageTag(), "subject", "", "lead", List.of(new Row("a", "b")), "advice", "", List.of(), "");
        String json = WebhookBody.json(outgoing, text);
        assertThat(Links.in(json)).as(json).isFalse();
        assertThat(json)
                .contains((notice.desk() ? "alert." : "notice.") + notice.code(), "t***@e***")
                .doesNotContain(NAME, "taro", "yamada", "example.jp", ADDRESS);
        assertThat(json.contains("stopCode")).isEqualTo(!notice.desk());
    }

    @Test
    void whatIsAboutNobodyNamesNobody() {
        NoticeValues values = NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z"))
                .and(NoticeValues.UNGUARDED, "client opened browser: browser");
        OutgoingNotice outgoing = new OutgoingNotice(
                "abcdef01-0000-0000-0000-000000000000",
                REALM,
                Optional.empty(),
                "",
                Notice.UNGUARDED_FLOWS,
                Locale.JAPANESE,
                new NoticePayload("", values),
                new Contact("お客さまセンター", "0120-000-000", "平日 8:00-18:00"),
                Optional.empty(),
                "",
                Map.of());
        NoticeText text = new NoticeText("ja", "subject", "", "lead", List.of(), "advice", "", List.of(), "");
        assertThat(WebhookBody.json(outgoing, text))
                .contains("\"type\":\"alert.unguarded-flows\"", "\"unguarded\":\"client opened browser: browser\"")
                .doesNotContain("\"customer\"", "\"name\"", "stopCode");
    }
}
