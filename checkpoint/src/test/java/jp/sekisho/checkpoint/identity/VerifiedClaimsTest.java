package jp.sekisho.checkpoint.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifiedClaimsTest {

    private static final String VERIFICATION = """
            {"trust_framework":"jp_aml","time":"2026-05-11T14:29:00+09:00","verification_process":"p-1",
             "evidence":[{"type":"document","check_details":[{"check_method":"vpip","txn":"kyc-4711"}],
                          "document_details":{"type":"jp_drivers_license"}}]}""";

    @Test
    void takesReferenceDigestAndTimeAndNothingOfTheClaims() throws Exception {
        VerifiedClaims claims = one("{\"verification\":" + VERIFICATION + ",\"claims\":{\"family_name\":\"鈴木\"}}");
        assertThat(claims.trustFramework()).isEqualTo("jp_aml");
        assertThat(claims.reference()).isEqualTo("kyc-4711");
        assertThat(claims.verifiedAt()).isEqualTo(Instant.parse("2026-05-11T05:29:00Z"));
        assertThat(claims.digest()).matches("[0-9a-f]{64}");
        assertThat(claims.toString()).doesNotContain("鈴木");
    }

    @Test
    void theOrderOfKeysIsNoDifferenceAnyValueIs() throws Exception {
        String first = "{\"verification\":" + VERIFICATION + "}";
        String shuffled = "{\"claims\":{},\"verification\":"
                + VERIFICATION
                        .replace("\"trust_framework\":\"jp_aml\",", "")
                        .replace("\"evidence\":", "\"trust_framework\":\"jp_aml\",\"evidence\":")
                + "}";
        assertThat(one(shuffled)).isEqualTo(one(first));
        assertThat(one(first.replace("vpip", "vcrypt")).digest())
                .isNotEqualTo(one(first).digest());
    }

    @Test
    void ofSeveralEachThatIsComplete() throws Exception {
        String other = VERIFICATION.replace("jp_aml", "eidas").replace("kyc-4711", "x");
        assertThat(in("[{\"verification\":" + VERIFICATION + "},{\"verification\":" + other + "},{}]"))
                .extracting(VerifiedClaims::trustFramework)
                .containsExactly("jp_aml", "eidas");
    }

    @Test
    void withoutATransactionTheProcessIsTheReference() throws Exception {
        assertThat(one("{\"verification\":" + VERIFICATION.replace(",\"txn\":\"kyc-4711\"", "") + "}")
                        .reference())
                .isEqualTo("p-1");
        assertThat(one("{\"verification\":" + VERIFICATION.replace("kyc-4711", "1234-5678-9018") + "}")
                        .reference())
                .as("no My Number")
                .isEqualTo("p-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "\"text\"",
                "[]",
                "{}",
                "{\"verification\":null}",
                "{\"verification\":{\"trust_framework\":\"jp_aml\"}}",
                "{\"verification\":{\"trust_framework\":\"jp_aml\",\"time\":\"2026-05-11T14:29:00Z\",\"evidence\":[]}}",
                "{\"verification\":{\"trust_framework\":\"jp_aml\",\"verification_process\":\"p\",\"evidence\":[{}]}}",
                "{\"verification\":{\"trust_framework\":\"\",\"time\":\"2026-05-11T14:29:00Z\",\"verification_process\":\"p\",\"evidence\":[{}]}}",
                "{\"verification\":{\"trust_framework\":\"jp_aml\",\"time\":\"yesterday\",\"verification_process\":\"p\",\"evidence\":[{}]}}"
            })
    void whatIsIncompleteIsLeftOut(String claim) throws Exception {
        assertThat(in(claim)).isEmpty();
    }

    private static VerifiedClaims one(String json) throws JsonProcessingException {
        return in(json).get(0);
    }

    private static List<VerifiedClaims> in(String json) throws JsonProcessingException {
        return VerifiedClaims.in(new ObjectMapper().readTree(json));
    }
}
