package jp.sekisho.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import jp.sekisho.demo.Customer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {

    /** RFC 6238, appendix B, SHA1, cut to 6 digits; the secret is its "12345678901234567890". */
    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1234567890, 005924", "20000000000, 353130"})
    void codesAreThoseOfTheRfc(long time, String code) {
        Customer customer = new Customer("u", "p", "l", "f", "", "", "", "ja", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");

        assertThat(new Authenticator(customer, Clock.fixed(Instant.ofEpochSecond(time), ZoneOffset.UTC)).code())
                .isEqualTo(code);
    }
}
