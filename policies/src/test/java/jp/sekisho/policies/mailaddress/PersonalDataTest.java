package jp.sekisho.policies.mailaddress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PersonalDataTest {

    private static PersonalData data(String email, Map<String, List<String>> values) {
        return new PersonalData(Optional.ofNullable(email), values);
    }

    @Test
    void whatIsBlankIsNotThere() {
        PersonalData blank = data(" ", Map.of("phoneNumber", List.of(""), "street", List.of()));
        assertThat(blank.email()).isEmpty();
        assertThat(blank.differing(data(null, Map.of()))).isEmpty();
        assertThat(blank.sameEmail(data(null, Map.of()))).isTrue();
    }

    @Test
    void whatDiffersIsNamed() {
        PersonalData before = data("a@example.jp", Map.of("lastName", List.of("鈴木"), "phoneNumber", List.of("1")));
        PersonalData after = data("a@example.jp", Map.of("lastName", List.of("佐藤"), "street", List.of("1-1")));
        assertThat(before.differing(after)).containsExactly("lastName", "phoneNumber", "street");
        assertThat(before.differing(before)).isEmpty();
    }

    @Test
    void anAddressIsTheSameInAnyCaseAndGoneIsNotTheSame() {
        PersonalData own = data("Hanako@example.jp", Map.of());
        assertThat(own.sameEmail(data("hanako@example.jp", Map.of()))).isTrue();
        assertThat(own.sameEmail(data("hanako@example.com", Map.of()))).isFalse();
        assertThat(own.sameEmail(data(null, Map.of()))).isFalse();
    }
}
