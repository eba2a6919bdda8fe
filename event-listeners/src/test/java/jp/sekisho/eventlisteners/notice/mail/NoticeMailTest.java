package jp.sekisho.eventlisteners.notice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.eventlisteners.notice.text.NoticeText;
import jp.sekisho.eventlisteners.notice.text.NoticeWriter;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.profile.Contact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.KeycloakSanitizerMethod;
import org.keycloak.theme.freemarker.DefaultFreeMarkerProvider;

/** Every notice in every language, as it leaves. */
class NoticeMailTest {

    private static final String NAME = "taro.yamada@example.jp";
    private static final String ADDRESS = "198.51.100.23";
    private static final ClassPathTheme THEME = new ClassPathTheme();
    private static final DefaultFreeMarkerProvider FREE_MARKER =
            new DefaultFreeMarkerProvider(new ConcurrentHashMap<>(), new KeycloakSanitizerMethod());

    private static final NoticeValues VALUES = NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z"))
            .on("Chrome (Windows)")
            .from("日本 (Tokyo)", Masking.address(ADDRESS))
            .with("passkey")
            .to("トレード")
            .and(NoticeValues.CHANGED, "lastName,firstName,phoneNumber,secretNickname");

    static Stream<Arguments> everyNoticeInEveryLanguage() {
        return Stream.of(Notice.values())
                .flatMap(notice ->
                        Stream.of(Locale.JAPANESE, Locale.ENGLISH).map(locale -> Arguments.of(notice, locale)));
    }

    @ParameterizedTest
    @MethodSource("everyNoticeInEveryLanguage")
    void saysWhatHappenedWithoutLinkOrFullValue(Notice notice, Locale locale) throws FreeMarkerException {
        NoticeText text = text(notice, locale, VALUES);
        String html = rendered("html/sekisho-notice.ftl", text);
        String plain = rendered("text/sekisho-notice.ftl", text);

        for (String part : new String[] {text.subject(), html, plain}) {
            assertThat(Links.in(part)).as("a link in: %s", part).isFalse();
            assertThat(part)
                    .isNotBlank()
                    .doesNotContain(
                            "sekisho-", "${", "{0}", "secretNickname", NAME, "taro", "yamada", "example.jp", ADDRESS);
        }
        for (String body : new String[] {html, plain}) {
            assertThat(body)
                    .contains("t***@e***", "0120-000-000", "1234-5678", "0123-4567-89AB", text.lead(), text.advice())
                    .as("nothing that looks like a one-time code")
                    .doesNotContainPattern("(?<![0-9])[0-9]{8}(?![0-9])");
        }
        assertThat(html).contains("lang=\"" + locale.getLanguage() + "\"");
        assertThat(text.subject()).contains("関所証券");
    }

    @Test
    void timeIsJapanTime() {
        assertThat(text(Notice.LOGIN, Locale.JAPANESE, VALUES).details())
                .extracting(NoticeText.Row::getValue)
                .contains("2026年2月1日 00:05（日本時間）", "Chrome (Windows)", "日本 (Tokyo)", "198.51.***.***", "パスキー");
        assertThat(text(Notice.LOGIN, Locale.ENGLISH, VALUES).details())
                .extracting(NoticeText.Row::getValue)
                .contains("1 February 2026, 00:05 (Japan time)", "Passkey");
    }

    // FFAJ-1.5-S2
    @Test
    void whatChangedIsNamedInTheCustomersWordsAndOnce() {
        assertThat(text(Notice.PROFILE_CHANGED, Locale.JAPANESE, VALUES).details())
                .extracting(NoticeText.Row::getValue)
                .contains("お名前、電話番号、その他のご登録内容");
        assertThat(text(Notice.PROFILE_CHANGED, Locale.ENGLISH, VALUES).details())
                .extracting(NoticeText.Row::getValue)
                .contains("Name, Telephone number, Other registered details");
    }

    // FFAJ-1.3-B3, FFAJ-1.4-S5
    @ParameterizedTest
    @EnumSource(Operation.class)
    void aStopNamesWhatIsStopped(Operation operation) {
        String code = operation.name().toLowerCase(Locale.ROOT).replace('_', '-');
        for (Locale locale : List.of(Locale.JAPANESE, Locale.ENGLISH)) {
            NoticeText text = text(Notice.OPERATION_LOCK, locale, VALUES.and(NoticeValues.STOPPED, code));
            assertThat(text.details())
                    .extracting(NoticeText.Row::getValue)
                    .contains(THEME.getMessages(locale).getProperty("sekisho-notice-stopped-" + code));
        }
        assertThat(text(Notice.OPERATION_LOCK, Locale.JAPANESE, VALUES.and(NoticeValues.STOPPED, "withdrawal"))
                        .details())
                .extracting(row -> row.getLabel() + row.getValue())
                .contains("停止した操作出金");
    }

    @Test
    void whatIsUnknownIsNotALine() {
        NoticeValues bare = NoticeValues.at(Instant.parse("2026-01-31T15:05:00Z"));
        assertThat(text(Notice.PASSWORD_CHANGED, Locale.JAPANESE, bare).details())
                .extracting(NoticeText.Row::getLabel)
                .containsExactly("日時", "ユーザー名（一部を伏せています）", "お知らせ番号", "緊急停止コード");
    }

    @Test
    void aStrangersWordsBecomeNoLinkAndNoMarkup() throws FreeMarkerException {
        NoticeValues hostile = VALUES.on("Open evil.example now").to("<b>x</b>");
        NoticeText text = text(Notice.NEW_DEVICE, Locale.JAPANESE, hostile);
        assertThat(rendered("html/sekisho-notice.ftl", text))
                .doesNotContain("evil", "<b>x")
                .contains("&lt;b&gt;x");
        assertThat(rendered("text/sekisho-notice.ftl", text)).doesNotContain("evil");
    }

    @Test
    void theSummaryCounts() {
        OutgoingNotice summary = outgoing(
                Notice.HELD_BACK, Locale.JAPANESE, VALUES, Map.of(Notice.LOGIN_REFUSED, 35L, Notice.LOGIN, 2L));
        assertThat(write(summary, Locale.JAPANESE).details())
                .extracting(row -> row.getLabel() + row.getValue())
                .contains("ログインをお断りした件35件", "ログイン2件");
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(THEME.getMessages(Locale.JAPANESE).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        THEME.getMessages(Locale.ENGLISH).stringPropertyNames());
    }

    private static NoticeText text(Notice notice, Locale locale, NoticeValues values) {
        return write(outgoing(notice, locale, values, Map.of(Notice.LOGIN, 3L)), locale);
    }

    private static NoticeText write(OutgoingNotice notice, Locale locale) {
        return new NoticeWriter(THEME.getMessages(locale), locale).write(notice, "関所証券");
    }

    private static OutgoingNotice outgoing(
            Notice notice, Locale locale, NoticeValues values, Map<Notice, Long> heldBack) {
        return new OutgoingNotice(
                "12345678-0000-0000-0000-000000000000",
                null,
                Optional.of("user"),
                Masking.name(NAME),
                notice,
                locale,
                new NoticePayload(NAME, values),
                new Contact("お客さまセンター", "0120-000-000", "平日 8:00-18:00"),
                Optional.empty(),
                "0123-4567-89AB",
                heldBack);
    }

    private static String rendered(String template, NoticeText text) throws FreeMarkerException {
        return FREE_MARKER.processTemplate(MailChannel.model(text), template, THEME);
    }
}
