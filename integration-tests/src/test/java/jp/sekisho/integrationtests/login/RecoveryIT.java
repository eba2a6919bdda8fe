package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.lock.LockedRealm;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.policies.recovery.RecoveryMeans;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lost passkey: two independent means of five, and never less. */
// JP25-1, JP25-3
@LoginTest
class RecoveryIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK = "a[href*=reset-credentials]";
    private static final String NAME = "#sekisho-reset-name-form";
    private static final String FORM = "#sekisho-recovery-form";
    private static final String SHOWN = "#sekisho-recovery-shown";
    private static final String ENOUGH = "#sekisho-recovery-enough";
    private static final String ENROLS = "#registerWebAuthn";
    private static final String WRONG_LETTER = "2345-6789-ABCD";
    private static final Pattern OF_THE_TAB =
            Pattern.compile("(data-challenge=\")[^\"]*|(id=\"sekisho-recovery-number\">)[^<]*");

    /** In the order in which they are shown: that of a letter never first. */
    private static final List<RecoveryMeans> FIVE = List.of(
            RecoveryMeans.RECOVERY_CODE,
            RecoveryMeans.SECOND_PASSKEY,
            RecoveryMeans.CERTIFICATE,
            RecoveryMeans.IDENTITY_RECORD,
            RecoveryMeans.POSTAL_CODE);

    private final World world;

    RecoveryIT(World world) {
        this.world = world;
    }

    /** A customer with all five, and the officer who knows him. */
    private record Everything(Customer customer, SoftPasskey passkey, String letter, String officer) {}

    @Test
    void eachPairIsEnoughAndNoneAloneIs() throws Exception {
        String officer = world.officerToken();
        for (int first = 0; first < FIVE.size(); first++) {
            for (int second = first + 1; second < FIVE.size(); second++) {
                String pair = FIVE.get(first) + " " + FIVE.get(second);
                Everything everything = everything(officer);
                Page one = show(lost(everything.customer()), everything, FIVE.get(first));
                assertThat(one.shows(ENOUGH)).as(pair).isFalse();
                assertThat(one.shows(SHOWN)).as(pair + one.text()).isTrue();
                Page forced = one.submit(FORM, Map.of("enrol", "true"));
                assertThat(forced.shows(ENROLS)).as(pair).isFalse();
                Page two = show(forced, everything, FIVE.get(second));
                assertThat(two.shows(ENOUGH)).as(pair + two.text()).isTrue();
                assertThat(enrol(two).shows(ENROLS)).as(pair).isTrue();
                assertThat(world.records(everything.customer()))
                        .last()
                        .satisfies(record -> assertThat(record.content()).contains("\"passkey-recovery\""));
                assertThat(means(everything.customer()))
                        .as(pair)
                        .containsExactlyInAnyOrder(
                                FIVE.get(first).name(), FIVE.get(second).name());
                world.awaitTold(everything.customer(), "パスキーの再登録のお知らせ");
            }
        }
    }

    /** As they stand in the record of the recovery, which says no more of them. */
    // JP25-12
    private List<String> means(Customer customer) throws Exception {
        String pseudonym = JSON.readTree(world.records(customer).get(0).content())
                .path("customer")
                .asText();
        List<String> records = world.tables().evidence(world.realmId(), "RECOVERY").stream()
                .filter(record -> record.contains(pseudonym))
                .toList();
        assertThat(records).hasSize(1);
        JsonNode record = JSON.readTree(records.get(0));
        assertThat(record.path("decision").asText()).isNotEmpty();
        return record.path("means").valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void oneTwiceIsOneAndWhatAPhoneHoldsIsNone() throws Exception {
        Everything everything = everything(world.officerToken());
        Customer customer = everything.customer();
        world.visitor(Origin.TOKYO_HOME).openLogin().follow(LINK).submit(NAME, Map.of("username", customer.username()));
        String mailCode = world.mailCode(customer, 1);
        SoftPasskey third = world.passkey(customer);

        Page page = show(lost(customer), everything, RecoveryMeans.SECOND_PASSKEY);
        Map<String, String> phone = Map.of(
                "password", customer.password(), "otp", world.otp(customer, 1), "code", mailCode, "enrol", "true");
        page = page.submit(FORM, phone);
        assertThat(page.shows(ENROLS)).isFalse();
        for (String typed : List.of(customer.password(), world.otp(customer, 1), mailCode)) {
            page = page.submit(FORM, Map.of("postal-code", typed, "enrol", "true"));
            assertThat(page.shows("#postal-code-error")).as(page.text()).isTrue();
            assertThat(page.shows(ENROLS)).isFalse();
        }
        Page guessed = page.submit(FORM, Map.of("recovery-code", customer.password(), "enrol", "true"));
        assertThat(guessed.shows("#recovery-code-error")).as(guessed.text()).isTrue();
        Page again = guessed.submit(FORM, third.answer("AAAA", world.base()));
        assertThat(again.shows(ENOUGH)).isFalse();

        Page coded = show(lost(customer), everything, RecoveryMeans.RECOVERY_CODE);
        assertThat(show(coded, everything, RecoveryMeans.RECOVERY_CODE).shows(ENOUGH))
                .isFalse();
    }

    /** Of the one who sits there, and none that was made before. */
    @Test
    void anIdentityRecordServesThePageWhoseNumberItCarries() throws Exception {
        Everything everything = everything(world.officerToken());
        Customer customer = everything.customer();
        Page stranger = show(lost(customer), everything, RecoveryMeans.RECOVERY_CODE);
        Page owner = show(lost(customer), everything, RecoveryMeans.CERTIFICATE);

        assertThat(identified(everything, "", Instant.now())).isEqualTo(201);
        assertThat(identified(everything, "?recovery=ABC", Instant.now())).isEqualTo(400);
        assertThat(identified(everything, number(owner), Instant.now().minus(Duration.ofHours(1))))
                .isEqualTo(201);
        Page waiting = go(owner);
        assertThat(waiting.shows(ENOUGH)).as("no number, or made before").isFalse();
        assertThat(identified(everything, number(waiting), Instant.now())).isEqualTo(201);
        assertThat(go(stranger).shows(ENOUGH)).as("another tab").isFalse();
        assertThat(go(waiting).shows(ENOUGH)).isTrue();
    }

    @Test
    void whatACustomerHasIsToldToNobody(@TempDir Path directory) throws Exception {
        Everything everything = everything(world.officerToken());
        List<String> seen = new ArrayList<>();
        CertificateAuthority foreign = CertificateAuthority.create(Files.createDirectory(directory.resolve("ca")));
        String certificate = foreign.issue(everything.customer().username());
        SoftPasskey strangers = world.passkey(world.customer());
        for (String name : List.of(everything.customer().username(), "nobody-with-a-passkey")) {
            Visitor visitor = world.visitor(Origin.TOKYO_HOME);
            Page asked = lost(visitor, name);
            Page passkey = asked.passkey(strangers);
            Page code = passkey.submit(FORM, Map.of("recovery-code", "ABCD-EFGH-IJKL", "postal-code", WRONG_LETTER));
            Page letter = code.submit(FORM, Map.of("postal-code", everything.letter()));
            Page nothing = go(letter);
            visitor.header(World.CERTIFICATE, certificate);
            Page certified = nothing.submit(FORM, Map.of("certificate", "true"));
            assertThat(asked.shows(FORM)).as(asked.text()).isTrue();
            assertThat(passkey.text()).contains("パスキーによる確認ができませんでした");
            assertThat(code.shows("#recovery-code-error")).as(code.text()).isTrue();
            assertThat(code.shows("#postal-code-error"))
                    .as("the letter's tries are not a stranger's")
                    .isFalse();
            assertThat(letter.text()).contains("ほかの方法による確認のあとに");
            assertThat(certified.text()).contains("この証明書では確認できませんでした");
            seen.add(seen(asked, name)
                    + seen(passkey, name)
                    + seen(code, name)
                    + seen(letter, name)
                    + seen(nothing, name)
                    + seen(certified, name));
        }
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
        assertThat(world.mailsTo(everything.customer()))
                .extracting("subject")
                .asString()
                .doesNotContain("再登録");
        Page right = show(
                show(lost(everything.customer()), everything, RecoveryMeans.CERTIFICATE),
                everything,
                RecoveryMeans.POSTAL_CODE);
        assertThat(right.shows(ENOUGH))
                .as("the letter is still good: " + right.text())
                .isTrue();
    }

    /** With one means that he stole nobody uses up the letter, nor keeps from it who shares his address. */
    @Test
    void nobodyUsesUpTheLetterByGuessing() throws Exception {
        Everything everything = everything(world.officerToken());
        Visitor stranger = world.visitor("203.0.113.77", Visitor.CHROME);
        Page page = show(lost(stranger, everything.customer().username()), everything, RecoveryMeans.SECOND_PASSKEY);
        for (int guess = 1; guess <= 6; guess++) {
            page = page.submit(FORM, Map.of("postal-code", WRONG_LETTER));
            assertThat(page.shows("#postal-code-error")).as(page.text()).isTrue();
        }
        Visitor neighbour = world.visitor("203.0.113.77", Visitor.SAFARI);
        Page owner = show(lost(neighbour, everything.customer().username()), everything, RecoveryMeans.CERTIFICATE);
        assertThat(show(owner, everything, RecoveryMeans.POSTAL_CODE).shows(ENOUGH))
                .isTrue();
    }

    /** An officer who sits there himself enters the record and makes the letter. */
    @Test
    void theRecordAndTheLetterOfOneOfficerAreNoTwoMeans() throws Exception {
        Customer customer = world.customerWithRecoveryCodes();
        String one = world.officerToken();
        Everything hisOwn = new Everything(customer, world.passkey(customer), Letters.ofOne(world, one, customer), one);
        Page page = show(lost(customer), hisOwn, RecoveryMeans.IDENTITY_RECORD);
        Page refused = show(page, hisOwn, RecoveryMeans.POSTAL_CODE);
        assertThat(refused.shows("#postal-code-error")).as(refused.text()).isTrue();
        assertThat(refused.shows(ENOUGH)).isFalse();

        Everything another = new Everything(customer, hisOwn.passkey(), hisOwn.letter(), world.officerToken());
        Page identified = show(refused, another, RecoveryMeans.IDENTITY_RECORD);
        assertThat(show(identified, another, RecoveryMeans.POSTAL_CODE).shows(ENOUGH))
                .isTrue();
    }

    /** The code is read by who approves a letter, not by who proposed it. */
    // FFAJ-2.1-S3
    @Test
    void norTheRecordOfWhoApprovedTheLetter() throws Exception {
        Customer customer = world.customerWithRecoveryCodes();
        String approver = world.officer("sekisho-officer", "sekisho-approver").token();
        String letter = Letters.ofTwo(world, approver, customer);
        SoftPasskey passkey = world.passkey(customer);
        Everything his = new Everything(customer, passkey, letter, approver);
        Page page = show(lost(customer), his, RecoveryMeans.IDENTITY_RECORD);
        assertThat(show(page, his, RecoveryMeans.POSTAL_CODE).shows(ENOUGH)).isFalse();

        Everything another = new Everything(customer, passkey, letter, world.officerToken());
        page = show(lost(customer), another, RecoveryMeans.IDENTITY_RECORD);
        assertThat(show(page, another, RecoveryMeans.POSTAL_CODE).shows(ENOUGH)).isTrue();
    }

    // JP25-8
    @Test
    void whoIsFrozenLockedOrDisabledGetsNoneAndKeepsHisLetter() throws Exception {
        String officer = world.officerToken();
        for (String stopped : List.of("frozen", "frozen and disabled", "locked")) {
            Customer customer = world.customerWithRecoveryCodes();
            if (stopped.equals("locked")) {
                world.visitor(Origin.TOKYO_HOME).enrol(customer);
            }
            Everything everything = everything(officer, customer);
            if (stopped.equals("locked")) {
                world.tables().locked(world.realmId(), world.id(customer));
            } else {
                world.tables().frozen(world.realmId(), world.id(customer));
            }
            if (stopped.endsWith("disabled")) {
                world.admin().put(World.realm("/users/" + world.id(customer)), Map.of("enabled", false));
            }
            for (RecoveryMeans means :
                    List.of(RecoveryMeans.SECOND_PASSKEY, RecoveryMeans.CERTIFICATE, RecoveryMeans.RECOVERY_CODE)) {
                Page refused = show(lost(customer), everything, means);
                // A lock is of what is counted, too: the code was not looked at.
                assertThat(refused.text())
                        .as(stopped + means)
                        .contains(
                                stopped.equals("locked") && means == RecoveryMeans.RECOVERY_CODE
                                        ? "ログインを制限しております"
                                        : "お手続きを中止しました");
                assertThat(refused.shows(SHOWN)).isFalse();
            }
            Page identified = show(lost(customer), everything, RecoveryMeans.IDENTITY_RECORD);
            assertThat(show(identified, everything, RecoveryMeans.POSTAL_CODE).text())
                    .as(stopped)
                    .contains("お手続きを中止しました");
            JsonNode letters = JSON.readTree(
                    PolicyDesk.asOfficer(world, officer, "GET", "/customers/" + world.id(customer) + "/identity", "")
                            .body());
            assertThat(letters.at("/postalCode/tries").asInt(-1)).as(stopped).isZero();
        }
    }

    /** In a browser: neither alone, nor one of them with a mail; then a new passkey, no session, and everybody is told. */
    @Test
    void aSavedCodeAndTheLetterReplaceALostPasskey() throws Exception {
        Customer customer = world.customerWithRecoveryCodes();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            browser.layPasskeysAside();
            String letter = Letters.ofOne(world, customer);
            world.during("changes", "{\"enrolment\":{\"provisional\":\"PT24H\"}}", () -> {
                lost(owner, customer);
                Pictures.take(owner, "ja", "recovery");
                browser.type("#recovery-code", "ZZZZ-ZZZZ-ZZZZ");
                browser.type("#postal-code", letter);
                browser.follow("#sekisho-submit");
                assertThat(browser.shows("#recovery-code-error"))
                        .as("the letter and a guess")
                        .isTrue();
                browser.type("#recovery-code", LockedRealm.RECOVERY_CODE);
                browser.type("#postal-code", WRONG_LETTER);
                browser.follow("#sekisho-submit");
                assertThat(browser.shows("#postal-code-error")).isTrue();
                Pictures.take(owner, "ja", "recovery-letter");
                assertThat(sessions(customer)).isNotEmpty();
                browser.type("#postal-code", letter);
                browser.follow("#sekisho-submit");
                Pictures.take(owner, "ja", "recovery-enough");
                assertThat(passkeys(customer)).as("nothing changed yet").isEqualTo(1);
                browser.follow("#sekisho-submit");
                assertThat(sessions(customer)).as("every session ends").isEmpty();

                browser.holdNewAuthenticator();
                browser.click(ENROLS);
                browser.answerPrompt("new phone");
                assertThat(browser.textOf("#sekisho-provisional")).contains("仮登録");
                browser.follow("#sekisho-read");
                assertThat(browser.url()).doesNotStartWith(world.app().callback());

                // At hand it would log in unasked.
                browser.layPasskeysAside();
                lost(owner, customer);
                browser.holdPasskeys();
                browser.follow("#authenticateWebAuthnButton");
                assertThat(browser.shows("#sekisho-notice"))
                        .as("a provisional passkey is no means")
                        .isTrue();
                assertThat(browser.shows(SHOWN)).isFalse();
            });
            assertThat(sessions(customer)).as("and none begins").isEmpty();
            assertThat(passkeys(customer)).isEqualTo(2);
            world.awaitTold(customer, "パスキーの再登録のお知らせ");
            world.awaitTold(customer, "パスキー登録のお知らせ");
            List<Tables.Record> records = world.records(customer);
            assertThat(records)
                    .anySatisfy(
                            record -> assertThat(record.content()).contains("\"passkey-recovery\"", "\"ADMITTED\""));
            String pseudonym =
                    JSON.readTree(records.get(0).content()).path("customer").asText();
            assertThat(world.tables().evidence(world.realmId(), "PASSKEY_ENROLLED"))
                    .filteredOn(record -> record.contains(pseudonym))
                    .filteredOn(record -> record.contains("\"provisionalUntil\""))
                    .hasSize(1);
            assertThat(world.tables().evidence(world.realmId(), "IDENTITY"))
                    .anyMatch(record -> record.contains(pseudonym) && record.contains("POSTAL_CODE"));
        }
    }

    @Test
    void thePasskeyThatWasShownStaysWhenTheOthersGo() throws Exception {
        Customer customer = world.customerWithRecoveryCodes();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            String kept = passkeyIds(customer).get(0);
            world.passkey(customer);
            assertThat(passkeys(customer)).isEqualTo(2);

            browser.layPasskeysAside();
            lost(owner, customer);
            browser.holdPasskeys();
            browser.follow("#authenticateWebAuthnButton");
            assertThat(browser.textOf(SHOWN)).contains("別のパスキー");
            Pictures.take(owner, "ja", "recovery-shown");
            browser.type("#recovery-code", LockedRealm.RECOVERY_CODE);
            browser.follow("#sekisho-submit");
            browser.click("#remove");
            browser.follow("#sekisho-submit");
            browser.layPasskeysAside();
            browser.holdNewAuthenticator();
            browser.click(ENROLS);
            browser.answerPrompt("new phone");
            World.await("the new passkey", () -> passkeys(customer) == 2);
            assertThat(passkeyIds(customer)).contains(kept);
            assertThat(sessions(customer)).isEmpty();
        }
    }

    private Everything everything(String officer) throws Exception {
        return everything(officer, world.customerWithRecoveryCodes());
    }

    private Everything everything(String officer, Customer customer) throws Exception {
        return new Everything(customer, world.passkey(customer), Letters.ofTwo(world, customer), officer);
    }

    private Page show(Page page, Everything everything, RecoveryMeans means) throws Exception {
        return switch (means) {
            case RECOVERY_CODE -> page.submit(FORM, Map.of("recovery-code", LockedRealm.RECOVERY_CODE));
            case SECOND_PASSKEY -> page.passkey(everything.passkey());
            case CERTIFICATE -> {
                String certificate =
                        world.authority().issue(everything.customer().username());
                yield page.bringing(World.CERTIFICATE, certificate).submit(FORM, Map.of("certificate", "true"));
            }
            case POSTAL_CODE -> page.submit(FORM, Map.of("postal-code", everything.letter()));
            case IDENTITY_RECORD -> {
                assertThat(identified(everything, number(page), Instant.now())).isEqualTo(201);
                yield go(page);
            }
            default -> throw new IllegalArgumentException(means.name());
        };
    }

    private int identified(Everything everything, String recovery, Instant at) throws Exception {
        String entry = "{\"method\":\"BRANCH\",\"reference\":\"B-1\",\"evidenceSha256\":\"%s\",\"verifiedAt\":\"%s\"}"
                .formatted("0".repeat(64), at);
        String path = "/customers/" + world.id(everything.customer()) + "/identity" + recovery;
        return PolicyDesk.asOfficer(world, everything.officer(), "POST", path, entry)
                .statusCode();
    }

    private static String number(Page page) {
        return "?recovery=" + page.document().select("#sekisho-recovery-number").text();
    }

    private static Page go(Page page) {
        return page.submit(FORM, Map.of());
    }

    private static Page enrol(Page page) {
        return page.submit(FORM, Map.of("enrol", "true"));
    }

    private Page lost(Customer customer) {
        return lost(world.visitor(Origin.TOKYO_HOME), customer.username());
    }

    private static Page lost(Visitor visitor, String name) {
        return visitor.openLogin().follow(LINK).submit(NAME, Map.of("username", name, "passkey", "true"));
    }

    private static void lost(BrowserVisitor owner, Customer customer) {
        owner.openLogin(Map.of());
        owner.browser().follow(LINK);
        owner.browser().type("#username", customer.username());
        owner.browser().follow("#sekisho-passkey-lost");
    }

    private static String seen(Page page, String name) {
        return page.kind() + " " + page.status() + " "
                + OF_THE_TAB
                        .matcher(HighRiskIT.normalised(page).replace(name, "the-name"))
                        .replaceAll("$1$2");
    }

    private int passkeys(Customer customer) {
        return passkeyIds(customer).size();
    }

    private List<String> passkeyIds(Customer customer) {
        List<String> ids = new ArrayList<>();
        for (JsonNode credential : world.admin().get(World.realm("/users/" + world.id(customer) + "/credentials"))) {
            if (credential.path("type").asText().equals("webauthn-passwordless")) {
                ids.add(credential.path("id").asText());
            }
        }
        return ids;
    }

    private JsonNode sessions(Customer customer) {
        return world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions"));
    }
}
