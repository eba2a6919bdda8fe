package jp.sekisho.policies.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

// FFAJ-3-S2
class ChangeTest {

    @ParameterizedTest
    @CsvSource({
        "phoneNumber, PHONE",
        "phone_number, PHONE",
        "mobile, PHONE",
        "tel, PHONE",
        "address, CONTACT",
        "street, CONTACT",
        "postal_code, CONTACT",
        "residenceCountry, CONTACT",
        "workMail, CONTACT"
    })
    void anAttributeCountsForWhatItsNameSays(String attribute, Change change) {
        assertThat(Change.of(attribute)).contains(change);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lastName", "customerNumber", "birthdate"})
    void whatReachesNobodyIsNone(String attribute) {
        assertThat(Change.of(attribute)).isEmpty();
    }
}
