package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

// JP25-11
class ContentTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WITHDRAWAL = """
            {"payee": {"holder": "スズキ ハナコ", "bank": "0001", "branch": "123", "accountType": "ORDINARY", "account": "1234567"},
             "amount": {"currency": "JPY", "value": "1500000"}}""";

    @Test
    void theTextIsCanonical() {
        assertThat(content(WITHDRAWAL).canonical())
                .isEqualTo("{\"client\":\"app\",\"details\":{\"amount\":{\"currency\":\"JPY\",\"value\":\"1500000\"},"
                        + "\"payee\":{\"account\":\"1234567\",\"accountType\":\"ORDINARY\",\"bank\":\"0001\","
                        + "\"branch\":\"123\",\"holder\":\"スズキ ハナコ\"}},\"issuer\":\"https://id.example/realms/broker\","
                        + "\"occurredAt\":\"2026-11-29T18:00:00+09:00\",\"operation\":\"o\",\"subject\":\"u\","
                        + "\"type\":\"WITHDRAWAL\"}");
        assertThat(Content.digest(content(WITHDRAWAL).canonical()))
                .isEqualTo(Sha256.hex(content(WITHDRAWAL).canonical()));
    }

    @Test
    void whatIsReadIsWhatWasSent() {
        Details details = Content.details(content(WITHDRAWAL).canonical());
        assertThat(details.amount().orElseThrow().value()).isEqualByComparingTo("1500000");
        assertThat(details.payee().orElseThrow().holder()).isEqualTo("スズキ ハナコ");
        assertThat(details.action()).isEqualTo(Action.PLACE);
        assertThat(PayeeJson.read(PayeeJson.write(details.payee().orElseThrow())))
                .isEqualTo(details.payee().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"amount\":1500000}; /amount",
                "{\"amount\":{\"value\":1500000,\"currency\":\"JPY\"}}; /amount/value",
                "{\"amount\":{\"value\":\"1.5\",\"currency\":\"JPY\"}}; /amount",
                "{\"amount\":{\"value\":\"-1\",\"currency\":\"JPY\"}}; /amount",
                "{\"amount\":{\"value\":\"1e9\",\"currency\":\"JPY\"}}; /amount",
                "{\"amount\":{\"value\":\"1\",\"currency\":\"XYZ\"}}; /amount",
                "{\"amount\":{\"value\":\"1\"}}; /amount/currency",
                "{\"amount\":null}; /amount",
                "{\"amuont\":{}}; /amuont",
                "{\"a/b\":{}}; /a~1b",
                "{\"side\":\"buy\"}; /side",
                "{\"side\":1}; /side",
                "{\"quantity\":10}; /quantity",
                "{\"quantity\":\"01\"}; /quantity",
                "{\"holdingsShare\":\"1.1\"}; /holdingsShare",
                "{\"instrument\":\"\"}; /instrument",
                "{\"attributes\":\"email\"}; /attributes",
                "{\"attributes\":[\"e mail\"]}; /attributes",
                "{\"payee\":{\"bank\":\"1\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"1234567\",\"holder\":\"x\"}}; /payee/bank",
                "{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"1234567\"}}; /payee/holder",
                "{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"1234567\",\"holder\":\"安全確認済\"}}; /payee/holder",
                "{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\",\"accountType\":\"ORDINARY\",\"account\":\"1234567\",\"holder\":\"ΑΒΕ\"}}; /payee/holder",
                "[]; ''",
            })
    void whatCannotBeMeantIsPointedAt(String details, String pointer) throws JsonProcessingException {
        JsonNode sent = JSON.readTree(details);
        assertThatThrownBy(() -> DetailsJson.read(sent))
                .isInstanceOfSatisfying(
                        UnreadableDetails.class,
                        refused -> assertThat(refused.pointer()).isEqualTo(pointer));
    }

    /** A mark that turns the direction of reading, a line break, a joiner that nobody sees, letters that show nothing or turn digits around, marks that pile up. */
    @ParameterizedTest
    @CsvSource({
        "202E", "000A", "200B", "2066", "E000", "3164", "115F", "FFA0", "2800", "05D0", "0627", "0301", "20DD", "FE0F"
    })
    void whatThePageShowsIsWhatIsThere(String point) throws JsonProcessingException {
        String hidden = Character.toString(Integer.parseInt(point, 16));
        JsonNode sent = JSON.createObjectNode().put("instrument", "USD" + hidden + "JPY");
        assertThatThrownBy(() -> DetailsJson.read(sent)).isInstanceOf(UnreadableDetails.class);
    }

    /** The page and the notices show a name before the code of the bank: one that seems to have a code itself hides it. */
    // JP25-11
    @ParameterizedTest
    @CsvSource({
        "みほん銀行(0001)",
        "みほん銀行（０００１）",
        "みほん銀行 0001",
        "みほん銀行𝟎𝟎𝟎𝟏",
        "みほん銀行①",
        "みほん銀行⑴",
        "みほん銀行［本店］",
        "みほん銀行)",
        "みほん銀行❨"
    })
    void noNameOfABankHasACodeOfItsOwn(String name) {
        for (String field : List.of("bankName", "branchName")) {
            JsonNode sent = account().put(field, name);
            assertThatThrownBy(() -> DetailsJson.payee(sent))
                    .isInstanceOfSatisfying(
                            UnreadableDetails.class,
                            refused -> assertThat(refused.pointer()).isEqualTo('/' + field));
        }
    }

    @ParameterizedTest
    @CsvSource({"みほん銀行", "〇一八店", "第一支店", "Mihon Bank", "イーネット・支店ー"})
    void namesOfBanksAndBranchesAreRead(String name) {
        assertThat(DetailsJson.payee(account().put("bankName", name)).bankName())
                .contains(name);
        assertThat(DetailsJson.payee(account().put("branchName", name)).branchName())
                .contains(name);
    }

    private static ObjectNode account() {
        return JSON.createObjectNode()
                .put("bank", "0001")
                .put("branch", "123")
                .put("accountType", "ORDINARY")
                .put("account", "1234567")
                .put("holder", "スズキ ハナコ");
    }

    /** What decides reads columns: a row whose content says something else was written by somebody else. */
    @Test
    void aRowIsWhatItsContentSays() {
        String text = content(WITHDRAWAL).canonical();
        assertThat(Content.isOf(text, Rows.row("o", "app", "u", Operation.WITHDRAWAL)))
                .isTrue();
        assertThat(Content.isOf(text, Rows.row("another", "app", "u", Operation.WITHDRAWAL)))
                .isFalse();
        assertThat(Content.isOf(text, Rows.row("o", "another", "u", Operation.WITHDRAWAL)))
                .isFalse();
        assertThat(Content.isOf(text, Rows.row("o", "app", "another", Operation.WITHDRAWAL)))
                .isFalse();
        assertThat(Content.isOf(text, Rows.row("o", "app", "u", Operation.TRADE)))
                .isFalse();
    }

    /** Who lets an order be a way out, or a withdrawal be small, asks for less. */
    @Test
    void whatARowIsAboutIsWhatItsContentSays() throws JsonProcessingException {
        String text = content(WITHDRAWAL).canonical();
        StoredOperation row = Rows.row("o", "app", "u", Operation.WITHDRAWAL);
        assertThat(Content.isOf(text, Rows.about(row, true, row.what().sums()))).isFalse();
        Sums little = Sums.of(DetailsJson.read(JSON.readTree("{\"amount\":{\"value\":\"1\",\"currency\":\"JPY\"}}")));
        assertThat(Content.isOf(text, Rows.about(row, false, little))).isFalse();

        String order =
                "{\"instrument\":\"USD/JPY\",\"side\":\"SELL\",\"positionEffect\":\"%s\",\"quantity\":\"10000.50\","
                        + "\"holdingsShare\":\"1.0\",\"amount\":{\"value\":\"1500\",\"currency\":\"USD\"}}";
        Sums sums = Sums.of(DetailsJson.read(JSON.readTree(order.formatted("OPEN"))));
        StoredOperation opening = Rows.about(Rows.row("o", "app", "u", Operation.TRADE), false, sums);
        assertThat(Content.isOf(
                        content(Operation.TRADE, order.formatted("OPEN")).canonical(), opening))
                .isTrue();
        assertThat(Content.isOf(
                        content(Operation.TRADE, order.formatted("OPEN")).canonical(), Rows.about(opening, true, sums)))
                .isFalse();
        assertThat(Content.isOf(
                        content(Operation.TRADE, order.formatted("CLOSE")).canonical(), opening))
                .isFalse();
    }

    private static Content content(String details) {
        return content(Operation.WITHDRAWAL, details);
    }

    private static Content content(Operation type, String details) {
        try {
            return new Content(
                    "o",
                    "https://id.example/realms/broker",
                    "app",
                    "u",
                    type,
                    "2026-11-29T18:00:00+09:00",
                    JSON.readTree(details));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
