package jp.sekisho.checkpoint.useragent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.stream.IntStream;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.UserAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserAgentsTest {

    private static final String CHROME_ON_WINDOWS =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";

    /** What else the machine does is no time of ours. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final UserAgents userAgents = UserAgents.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | desktop | Windows | Chrome | 131",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15 | desktop | Mac OS X | Safari | 18",
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 | desktop | Ubuntu | Firefox | 132",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1 | mobile | iOS | Mobile Safari | 18",
                "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1 | tablet | iOS | Mobile Safari | 16",
                "Mozilla/5.0 (Linux; Android 14; SO-51D) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | mobile | Android | Chrome Mobile | 131",
                "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | tablet | Android | Chrome | 131",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | bot | Other | Googlebot | 2",
                "curl/8.5.0 | other | Other | curl | 8",
                "so so | other | Other | Other | ''",
            })
    void describesTheBrowser(String header, String deviceType, String os, String browser, String majorVersion) {
        assertThat(userAgents.of(header)).isEqualTo(Field.of(new UserAgent(deviceType, os, browser, majorVersion)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\t\u0000\r\n"})
    void noUserAgentIsWithheld(String header) {
        assertThat(userAgents.of(header)).isEqualTo(Field.withheld());
    }

    @Test
    void whatIsBeyondTheLimitDoesNotCount() {
        String padded = CHROME_ON_WINDOWS + " ".repeat(UserAgents.MAX_LENGTH);

        assertThat(userAgents.of(padded + " Edg/131.0.0.0")).isEqualTo(userAgents.of(CHROME_ON_WINDOWS));
    }

    @Test
    void controlCharactersDoNotCount() {
        assertThat(userAgents.of("\u0000Mozilla/5.0 (Windows NT 10.0;\u0007 Win64; x64) AppleWebKit/537.36 (KHTML, like"
                        + " Gecko) Chrome/131.0.0.0 Safari/537.36\u007f"))
                .isEqualTo(userAgents.of(CHROME_ON_WINDOWS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "  x",
                "(",
                ";",
                "/",
                "0",
                "Android ",
                "Android 1; ",
                "Mozilla/5.0 (Linux; Android ",
                "bot",
                "Build/",
                "-_",
                "1.",
                "SM-",
                "; U; ",
                "Nokia",
                "Opera/",
                "iPhone;",
                "Windows ",
                "HbbTV/1.1.1 ("
            })
    void aHostileHeaderTakesLittleTime(String unit) {
        String header = unit.repeat(UserAgents.MAX_LENGTH);

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            long before = CPU.getCurrentThreadCpuTime();
            assertThat(userAgents.of(header).present()).isPresent();
            assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(2));
        });
    }

    @Test
    void aFloodOfDifferentOnesIsAnswered() {
        assertThat(IntStream.range(0, 200).mapToObj(i -> userAgents.of("x" + i)))
                .allMatch(field -> field.present().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Account suspended. Call 03 1234 5678 now to keep your money/1 CFNetwork/1 Darwin/1",
                "Call 0312345678/1 CFNetwork/1 Darwin/1",
                "call us before noon today/1 CFNetwork/1 Darwin/1"
            })
    void aHeaderPutsNoSentenceIntoTheMouthOfTheFirm(String header) {
        assertThat(userAgents.of(header).present().orElseThrow().browser()).isEqualTo("Other");
    }

    @Test
    void theFamilyOfAnAppIsKept() {
        assertThat(userAgents
                        .of("TradingApp/3 CFNetwork/1410 Darwin/22")
                        .present()
                        .orElseThrow()
                        .browser())
                .isEqualTo("TradingApp");
    }
}
