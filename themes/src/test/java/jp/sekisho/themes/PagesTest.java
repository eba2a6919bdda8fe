package jp.sekisho.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.policies.profile.Contact;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each page in each state, language and theme; what was rendered is left in {@code target/pages} to be looked at. */
class PagesTest {
    private static final Contact CONTACT = new Contact("あおぞら証券 お客さまセンター", "0120-000-000", "平日 8:00〜18:00");
    private static final Pattern OUTSIDE = Pattern.compile("https?:|\"//");
    private static final Pattern HANDLER = Pattern.compile("\\son[a-z]+\\s*=|javascript:");

    /** A page in one state. */
    record Scene(String name, String template, Map<String, Object> attributes) {
        Scene with(String key, Object value) {
            Map<String, Object> more = new HashMap<>(attributes);
            more.put(key, value);
            return new Scene(name, template, more);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    record Shown(Scene scene, String theme, String language) {
        Document document() {
            return Jsoup.parse(html());
        }

        String html() {
            return Pages.of(theme, language).render(scene.template(), scene.attributes());
        }
    }

    static List<Scene> scenes() {
        Map<String, Object> webAuthn = Map.of(
                "challenge", "Y2hhbGxlbmdl",
                "userVerification", "required",
                "rpId", "localhost",
                "createTimeout", 0,
                "isUserIdentified", "false",
                "contact", CONTACT);
        List<String> reasons =
                List.of("sekisho-reason-new-device", "sekisho-reason-new-country", "sekisho-reason-new-network");
        Map<String, Object> otp = Map.of("sekishoReasons", reasons, "contact", CONTACT);
        Map<String, Object> mail = Map.of("maskedEmail", "t***@example.jp", "reasons", reasons, "contact", CONTACT);

        List<Scene> scenes = new ArrayList<>(List.of(
                new Scene("mail-code", "sekisho-mail-code.ftl", mail),
                new Scene("mail-code-wrong", "sekisho-mail-code.ftl", mail)
                        .with("messagesPerField", new Pages.FieldErrors(Map.of("code", "確認コードが正しくありません。")))
                        .with("message", Map.of("type", "error", "summary", "確認コードが正しくありません。")),
                new Scene("mail-code-resent", "sekisho-mail-code.ftl", mail)
                        .with("message", Map.of("type", "success", "summary", "確認コードを再送しました。")),
                new Scene("otp", "sekisho-otp.ftl", otp)
                        .with(
                                "otpLogin",
                                Map.of(
                                        "selectedCredentialId",
                                        "b",
                                        "userOtpCredentials",
                                        List.of(
                                                Map.of("id", "a", "userLabel", "iPhone"),
                                                Map.of("id", "b", "userLabel", "")))),
                new Scene("otp-wrong", "sekisho-otp.ftl", otp)
                        .with("auth", new Pages.Auth("hanako"))
                        .with(
                                "otpLogin",
                                Map.of(
                                        "selectedCredentialId",
                                        "a",
                                        "userOtpCredentials",
                                        List.of(Map.of("id", "a", "userLabel", "iPhone"))))
                        .with("messagesPerField", new Pages.FieldErrors(Map.of("totp", "正しくありません。"))),
                new Scene("passkey", "sekisho-passkey.ftl", webAuthn)
                        .with("sekishoReasons", reasons)
                        .with("isUserIdentified", "true")
                        .with("auth", new Pages.Auth("hanako"))
                        .with("authenticators", Map.of("authenticators", List.of(Map.of("credentialId", "abc")))),
                new Scene("confirm-withdrawal", "sekisho-confirm.ftl", webAuthn)
                        .with("isUserIdentified", "true")
                        .with("authenticators", Map.of("authenticators", List.of(Map.of("credentialId", "abc"))))
                        .with(
                                "operation",
                                Map.of(
                                        "type",
                                        "WITHDRAWAL",
                                        "amount",
                                        "1,500,000 JPY",
                                        "payee",
                                        Map.of(
                                                "bank", "みどり銀行(0001)",
                                                "branch", "本店営業部(123)",
                                                "accountType", "ORDINARY",
                                                "account", "****567",
                                                "holder", "スズキ ハナコ"),
                                        "attributes",
                                        List.of())),
                new Scene("confirm-order", "sekisho-confirm.ftl", webAuthn)
                        .with("isUserIdentified", "true")
                        .with("message", Map.of("type", "error", "summary", "パスキーによる確認ができませんでした。"))
                        .with("minutes", 480L)
                        .with(
                                "operation",
                                Map.of(
                                        "type", "TRADE",
                                        "instrument", "USD/JPY",
                                        "side", "BUY",
                                        "positionEffect", "OPEN",
                                        "orderType", "MARKET",
                                        "quantity", "10000",
                                        "amount", "1,500,000 JPY",
                                        "attributes", List.of())),
                new Scene("confirm-profile", "sekisho-confirm.ftl", webAuthn)
                        .with("isUserIdentified", "true")
                        .with("operation", Map.of("type", "PROFILE_CHANGE", "attributes", List.of("address", "email"))),
                new Scene(
                        "remember-device",
                        "sekisho-remember-device.ftl",
                        Map.of("days", 90, "device", "Windows の Chrome")),
                new Scene("refused", "sekisho-refused.ftl", webAuthn),
                new Scene("refused-failed", "sekisho-refused.ftl", webAuthn)
                        .with("message", Map.of("type", "error", "summary", "パスキーによる確認ができませんでした。"))));
        for (String kind : List.of("throttle", "stranger-lock", "lock", "credential-ended", "source")) {
            Scene scene = new Scene("locked-" + kind, "sekisho-locked.ftl", Map.of("kind", kind, "contact", CONTACT));
            scenes.add(kind.equals("throttle") ? scene.with("until", "14:32:05") : scene);
        }
        Map<String, Object> withdrawal = Map.of(
                "challenge",
                "AAAA",
                "contact",
                CONTACT,
                "operation",
                Map.of("type", "WITHDRAWAL", "amount", "1,500,000 JPY", "attributes", List.of()));
        scenes.add(new Scene("confirm-typed", "sekisho-confirm.ftl", withdrawal)
                .with("factors", List.of("TRADING_PASSWORD", "TOTP"))
                .with(
                        "otpLogin",
                        Map.of(
                                "selectedCredentialId",
                                "a",
                                "userOtpCredentials",
                                List.of(
                                        Map.of("id", "a", "userLabel", "iPhone"),
                                        Map.of("id", "b", "userLabel", "iPad")))));
        scenes.add(new Scene("confirm-mail-code", "sekisho-confirm.ftl", withdrawal)
                .with("factors", List.of("TRADING_PASSWORD", "MAIL_CODE"))
                .with("maskedEmail", "h***@example.jp")
                .with("sent", true)
                .with("message", Map.of("type", "error", "summary", "正しくありません。")));
        for (String obstacle : List.of("unset", "stopped")) {
            scenes.add(new Scene("confirm-" + obstacle, "sekisho-confirm.ftl", withdrawal)
                    .with("factors", List.of("TRADING_PASSWORD", "TOTP"))
                    .with("obstacle", obstacle));
        }
        scenes.add(new Scene("confirm-also", "sekisho-confirm.ftl", webAuthn)
                .with("isUserIdentified", "true")
                .with("factors", List.of("PASSKEY", "TRADING_PASSWORD"))
                .with("operation", Map.of("type", "WITHDRAWAL", "amount", "5,000 JPY", "attributes", List.of())));
        scenes.add(new Scene("locked-later", "sekisho-locked.ftl", Map.of("kind", "throttle", "contact", CONTACT)));
        scenes.add(new Scene("postal-code", "sekisho-postal-code.ftl", Map.of("contact", CONTACT)));
        scenes.add(new Scene("postal-code-wrong", "sekisho-postal-code.ftl", Map.of("contact", CONTACT))
                .with("messagesPerField", new Pages.FieldErrors(Map.of("code", "確認コードが正しくありません。"))));
        scenes.addAll(enrolment());
        scenes.add(new Scene("frozen", "sekisho-frozen.ftl", Map.of("contact", CONTACT)));
        scenes.add(stop("stop", false, false));
        scenes.add(stop("stop-done", true, false));
        scenes.add(stop("stop-waits", false, true));
        Scene login = new Scene("login", "sekisho-login.ftl", webAuthn)
                .with("mediation", "conditional")
                .with("authenticatorAttachment", "not specified")
                .with("passwords", true)
                .with("username", "");
        scenes.add(login);
        scenes.add(new Scene("login-wrong", login.template(), login.attributes())
                .with("username", "hanako")
                .with("messagesPerField", new Pages.FieldErrors(Map.of("username", "正しくありません。"))));
        scenes.add(new Scene("login-passkey-only", login.template(), login.attributes()).with("passwords", false));
        scenes.add(new Scene("refused-again", "sekisho-refused.ftl", webAuthn).with("again", true));
        for (boolean enrolled : List.of(true, false)) {
            scenes.add(new Scene(
                    enrolled ? "provisional-enrolled" : "provisional",
                    "sekisho-provisional.ftl",
                    Map.of("enrolled", enrolled, "until", "2026年11月26日 10:05", "contact", CONTACT)));
        }
        for (String why : List.of("passkey-needed", "held")) {
            scenes.add(new Scene(
                    "enrolment-" + why, "sekisho-enrolment-refused.ftl", Map.of("why", why, "contact", CONTACT)));
        }
        scenes.add(new Scene("certificate", "sekisho-certificate.ftl", Map.of("contact", CONTACT)));
        Map<String, Object> contact = Map.of("contact", CONTACT);
        scenes.add(new Scene("reset-name", "sekisho-reset-name.ftl", contact));
        scenes.add(new Scene("reset-code", "sekisho-reset-code.ftl", contact).with("purpose", "reset"));
        scenes.add(new Scene("link-code", "sekisho-reset-code.ftl", contact).with("purpose", "link"));
        scenes.add(new Scene("invitation", "sekisho-invitation.ftl", contact)
                .with("organization", "山田商事")
                .with("invitation", "4711"));
        scenes.add(new Scene("credential-offer", "sekisho-credential-offer.ftl", contact)
                .with("credentialDisplayName", "口座開設証明書")
                .with(
                        "credentialOffer",
                        Map.of(
                                "uri",
                                "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fid.example.jp%2Foffer",
                                "qrCode",
                                "iVBORw0KGgo="))
                .with("offer", "4711"));
        scenes.add(new Scene("reset-code-wrong", "sekisho-reset-code.ftl", contact)
                .with("purpose", "reset")
                .with("messagesPerField", new Pages.FieldErrors(Map.of("code", "確認コードが正しくありません。"))));
        scenes.add(new Scene("reset-password", "sekisho-reset-password.ftl", contact)
                .with("messagesPerField", new Pages.FieldErrors(Map.of("password-new", "短すぎます。"))));
        scenes.addAll(tradingPassword());
        scenes.add(new Scene("reset-refused", "sekisho-reset-refused.ftl", contact));
        scenes.addAll(recovery());
        scenes.add(new Scene("reopening", "sekisho-letter.ftl", contact));
        scenes.add(new Scene("reopening-wrong", "sekisho-letter.ftl", contact)
                .with("messagesPerField", new Pages.FieldErrors(Map.of("code", "確認コードが正しくありません。"))));
        scenes.add(new Scene("email", "sekisho-email.ftl", contact));
        scenes.add(new Scene("email-code", "sekisho-email.ftl", contact).with("newEmail", "hanako@example.jp"));
        scenes.add(new Scene("refused-final", "sekisho-refused.ftl", Map.of("contact", CONTACT)));
        return scenes;
    }

    private static Scene stop(String name, boolean done, boolean waits) {
        return new Scene(
                name, "sekisho-stop.ftl", Map.of("contact", CONTACT, "token", "t", "done", done, "waits", waits));
    }

    private static List<Scene> recovery() {
        Scene first = new Scene(
                        "recovery",
                        "sekisho-recovery.ftl",
                        Map.of(
                                "challenge", "Y2hhbGxlbmdl",
                                "userVerification", "required",
                                "rpId", "localhost",
                                "createTimeout", 0,
                                "isUserIdentified", "false",
                                "number", "ABCD-EFGH-JKLM",
                                "shown", List.of(),
                                "enough", false,
                                "certificate", true))
                .with("contact", CONTACT);
        return List.of(
                first,
                new Scene("recovery-letter", first.template(), first.attributes())
                        .with("shown", List.of("recovery-code", "second-passkey", "certificate", "identity-record"))
                        .with("messagesPerField", new Pages.FieldErrors(Map.of("postal-code", "正しくありません。"))),
                new Scene("recovery-enough", first.template(), first.attributes())
                        .with("shown", List.of("recovery-code", "postal-code"))
                        .with("enough", true));
    }

    private static List<Scene> tradingPassword() {
        Scene set = new Scene(
                "trading-password",
                "sekisho-trading-password.ftl",
                Map.of(
                        "change",
                        false,
                        "loginPassword",
                        true,
                        "length",
                        12,
                        "composition",
                        true,
                        "mayCancel",
                        true,
                        "contact",
                        CONTACT));
        String refused = "sekisho-trading-password-refused.ftl";
        return List.of(
                set,
                new Scene("trading-password-change", set.template(), set.attributes())
                        .with("change", true)
                        .with("loginPassword", false)
                        .with("composition", false)
                        .with("mayCancel", false),
                new Scene("trading-password-wrong", set.template(), set.attributes())
                        .with("messagesPerField", new Pages.FieldErrors(Map.of("password-new", "短すぎます。"))),
                new Scene("trading-password-unproven", refused, Map.of("why", "unproven", "contact", CONTACT)),
                new Scene("trading-password-held", refused, Map.of("why", "held", "contact", CONTACT)));
    }

    private static List<Scene> enrolment() {
        List<Map<String, Object>> stages = List.of(
                Map.of("from", "2026年4月1日", "ask", "invite", "current", false),
                Map.of("from", "2026年5月1日", "ask", "postponable", "current", true),
                Map.of("from", "2026年8月1日", "ask", "required", "current", false),
                Map.of("from", "2026年10月1日", "ask", "closed", "current", false));
        Scene required = new Scene(
                "enrol-required",
                "sekisho-enrol-passkey.ftl",
                Map.of("standing", "required", "until", "2026年9月30日", "contact", CONTACT, "stages", stages));
        return List.of(
                required,
                new Scene("enrol-postponable", required.template(), required.attributes())
                        .with("standing", "postponable")
                        .with("left", 3)
                        .with("lastDay", "2026年7月31日"),
                new Scene("enrol-no-more", required.template(), required.attributes())
                        .with("message", Map.of("type", "error", "summary", "これ以上見送ることはできません。")),
                new Scene("enrol-lapsed", required.template(), required.attributes())
                        .with("standing", "lapsed")
                        .with("stages", List.of()));
    }

    static Stream<Shown> shown() {
        return scenes().stream()
                .flatMap(scene -> Stream.of("sekisho", "keycloak.v2")
                        .flatMap(theme -> Stream.of("ja", "en").map(language -> new Shown(scene, theme, language))));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void saysWordsInTheRightLanguage(Shown page) throws IOException {
        Document document = page.document();
        Path folder = Files.createDirectories(Path.of("target", "pages"));
        Files.writeString(
                folder.resolve(page.theme() + "-" + page.scene().name() + "-" + page.language() + ".html"),
                page.html());

        assertThat(document.text()).doesNotContain("sekisho-", "{0}", "freemarker");
        assertThat(document.select("html").attr("lang")).isEqualTo(page.language());
        assertThat(document.select("h1").eachText()).singleElement().asString().isNotBlank();
    }

    // WCAG 1.3.1, 3.3.1, 4.1.2
    @ParameterizedTest
    @MethodSource("shown")
    void fieldsHaveLabelsAndErrorsBelongToFields(Shown page) {
        Document document = page.document();

        assertThat(document.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
        for (Element field : document.select("main form input:not([type=hidden])")) {
            if (field.id().equals("kc-attempted-username")) {
                continue; // the layout's own
            }
            boolean named = field.closest("label") != null
                    || document.select("label[for=" + field.id() + "]").size() == 1;
            assertThat(named).as(field.outerHtml()).isTrue();
            for (String id : field.attr("aria-describedby").split(" ")) {
                assertThat(id.isEmpty() || document.getElementById(id) != null)
                        .as(id)
                        .isTrue();
            }
        }
        assertThat(document.select("main button").eachText()).allMatch(text -> !text.isBlank());
        assertThat(document.select("[autofocus]")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void wrongCodeIsSaidAtTheField() {
        Document document = new Shown(scene("mail-code-wrong"), "sekisho", "ja").document();

        assertThat(document.select("#code").attr("aria-invalid")).isEqualTo("true");
        assertThat(document.select("#code").attr("aria-describedby")).startsWith("code-error");
        assertThat(document.select("#code-error[role=alert]").text()).isEqualTo("確認コードが正しくありません。");
        // Keycloak gives a field's error as the message of the page, too.
        assertThat(document.select("#sekisho-notice")).isEmpty();
    }

    @Test
    void sameWordsAreSaidOnce() {
        Document document = new Shown(scene("mail-code"), "sekisho", "ja").document();

        assertThat(document.select("#sekisho-reasons li").eachText())
                .containsExactly("いつもと違う端末からのログインです。", "いつもと違う場所またはネットワークからのログインです。");
    }

    /** Enter sends the code: the first submit button of the form must not be the one that sends a new code. */
    @Test
    void enterSendsTheCode() {
        Document document = new Shown(scene("mail-code"), "sekisho", "ja").document();

        assertThat(document.select("#sekisho-mail-code-form [type=submit]")
                        .first()
                        .hasAttr("name"))
                .isFalse();
    }

    /** Who asks for another code has none to type. */
    @Test
    void anotherCodeIsSentWithoutOne() {
        Document document = new Shown(scene("mail-code"), "sekisho", "ja").document();

        assertThat(document.select("#sekisho-resend[name=resend][value=true][formnovalidate]"))
                .as(document.select("#sekisho-mail-code-form").outerHtml())
                .hasSize(1);
    }

    @Test
    void authenticatorAppIsChosenByKeyboard() {
        Document document = new Shown(scene("otp"), "keycloak.v2", "ja").document();

        assertThat(document.select("input[type=radio][name=selectedCredentialId]")
                        .eachAttr("value"))
                .containsExactly("a", "b");
        assertThat(document.select("input[type=radio][checked]").attr("value")).isEqualTo("b");
        assertThat(document.select("fieldset label").eachText()).containsExactly("iPhone", "認証アプリ");
    }

    @Test
    void passkeyFormIsTheStockOne() {
        Document document = new Shown(scene("refused"), "keycloak.v2", "ja").document();

        assertThat(document.select("form#webauth input").eachAttr("name"))
                .containsExactly(
                        "clientDataJSON", "authenticatorData", "signature", "credentialId", "userHandle", "error");
        assertThat(document.getElementById("authenticateWebAuthnButton").dataset())
                .containsEntry("challenge", "Y2hhbGxlbmdl")
                .containsEntry("rp-id", "localhost")
                .containsEntry("create-timeout", "0")
                .containsEntry("user-identified", "false");
    }

    /** Decision 8: unknown names get the same pages. The layout shows the name of a customer that exists. */
    @ParameterizedTest
    @MethodSource("shown")
    void refusedAndLockedPagesDoNotTellWhoExists(Shown page) {
        if (!page.scene().name().matches("(refused|locked|reset-name|reset-code|reset-refused|recovery).*")) {
            return;
        }
        Shown known = new Shown(page.scene().with("auth", new Pages.Auth("hanako")), page.theme(), page.language());

        assertThat(known.html()).isEqualTo(page.html()).doesNotContain("hanako");
    }

    @Test
    void lockLeavesOnlyTheContactPoint() {
        Document document = new Shown(scene("locked-lock"), "sekisho", "ja").document();

        assertThat(document.select(".sekisho-next li")).hasSize(1);
        assertThat(document.select("#sekisho-restart")).isEmpty();
        assertThat(document.select("#sekisho-contact").text()).contains("0120-000-000");
    }

    @Test
    void deviceIsRememberedForAsLongAsSaid() {
        Document document = new Shown(scene("remember-device"), "sekisho", "ja").document();

        assertThat(document.select("button[name=remember]").eachText()).containsExactly("90日間記憶する", "記憶しない");
        assertThat(document.select("button[name=remember]").eachAttr("value")).containsExactly("yes", "no");
        assertThat(document.select("[autofocus]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void mailBringsTheCode(String language) {
        Map<String, Object> values = Map.of(
                "code", "01234567", "minutes", 10L, "contact", CONTACT, "locale", Locale.forLanguageTag(language));
        Pages pages = Pages.of("keycloak.v2", language);
        String text = pages.render("text/sekisho-login-code.ftl", values);
        Document html = Jsoup.parse(pages.render("html/sekisho-login-code.ftl", values));

        for (String mail : List.of(text, html.text())) {
            assertThat(mail)
                    .contains("01234567", "10", "0120-000-000")
                    .contains(Words.ours(language).getProperty("sekisho-advice-code"))
                    .doesNotContain("sekisho-", "{0}", "&#");
        }
        assertThat(html.select("html").attr("lang")).isEqualTo(language);
        assertThat(html.select("a")).isEmpty();
    }

    /** What else a code is sent for says so, and stands under the same gate. */
    @ParameterizedTest
    @CsvSource({
        "login, ja",
        "login, en",
        "reset, ja",
        "reset, en",
        "address, ja",
        "address, en",
        "confirmation, ja",
        "confirmation, en"
    })
    void everyMailWithACodeSaysWhatItIsForAndHasNoLink(String purpose, String language) {
        Map<String, Object> values = Map.of(
                "purpose",
                purpose,
                "code",
                "01234567",
                "minutes",
                10L,
                "contact",
                CONTACT,
                "locale",
                Locale.forLanguageTag(language));
        Pages pages = Pages.of("keycloak.v2", language);
        String lead = Words.ours(language)
                .getProperty(purpose.equals("login") ? "sekisho-login-code-lead" : "sekisho-code-lead-" + purpose);
        for (String folder : List.of("text", "html")) {
            String mail = pages.render(folder + "/sekisho-login-code.ftl", values);
            assertThat(mail)
                    .contains(lead, "01234567")
                    .doesNotContain("sekisho-", "://", "www.", "mailto:", "href", "@");
        }
    }

    @Test
    void valuesAreEscaped() {
        String html = new Shown(scene("remember-device").with("device", "<img src=x>"), "sekisho", "ja").html();

        assertThat(html).doesNotContain("<img src=x>").contains("&lt;img src=x&gt;");
    }

    @Test
    void loginPageOfTheFirmAdvises() throws IOException {
        Scene login = new Scene("login", "login.ftl", Map.of("login", Map.of(), "social", Map.of(), "contact", CONTACT))
                .with("enableWebAuthnConditionalUI", "true")
                .with("isUserIdentified", "false")
                .with("challenge", "Y2hhbGxlbmdl")
                .with("userVerification", "required")
                .with("rpId", "localhost")
                .with("createTimeout", 0)
                .with("authenticatorAttachment", "not specified");
        for (String language : List.of("ja", "en")) {
            Shown page = new Shown(login, "sekisho", language);
            Files.writeString(
                    Files.createDirectories(Path.of("target", "pages")).resolve("sekisho-login-" + language + ".html"),
                    page.html());

            // FFAJ-7.2-B, FFAJ-5.1-S1
            assertThat(page.document().select(".sekisho-footer").text())
                    .contains(Words.ours(language).getProperty("sekisho-advice-login"))
                    .contains("0120-000-000");
        }
    }

    @Test
    void nothingComesFromOutsideAndNoScriptStandsInAnAttribute() throws Exception {
        for (String folder : List.of("theme-resources", "theme/sekisho")) {
            Path root = Path.of(
                    PagesTest.class.getClassLoader().getResource(folder + "/").toURI());
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(path -> path.toString().matches(".*\\.(ftl|css|js)"))
                        .toList()) {
                    assertThat(Files.readString(file))
                            .as(file.toString())
                            .doesNotContainPattern(OUTSIDE)
                            .doesNotContainPattern(HANDLER);
                }
            }
        }
    }

    private static Scene scene(String name) {
        return scenes().stream()
                .filter(scene -> scene.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
