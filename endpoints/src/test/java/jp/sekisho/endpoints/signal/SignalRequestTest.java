package jp.sekisho.endpoints.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Optional;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;
import org.junit.jupiter.api.Test;

class SignalRequestTest {

    @Test
    void aBatchSaysWhatWasNoticed() throws Exception {
        SignalRequest read = read("""
                {"session":"s","dropped":2,"events":[
                {"type":"TRANSITION","from":"home","to":"withdrawal","stayMillis":4000},
                {"type":"TRANSITION","to":"home","stayMillis":0},
                {"type":"RHYTHM","intervals":12,"medianMillis":110,"deviationMillis":30},
                {"type":"FINDING","kind":"WEBDRIVER"}]}""");
        assertThat(read.session()).isEqualTo("s");
        assertThat(read.batch().dropped()).isEqualTo(2);
        assertThat(read.batch().events())
                .containsExactly(
                        new Transition(Optional.of("home"), "withdrawal", Duration.ofSeconds(4)),
                        new Transition(Optional.empty(), "home", Duration.ZERO),
                        new Rhythm(12, Duration.ofMillis(110), Duration.ofMillis(30)),
                        new Finding(Finding.Kind.WEBDRIVER));
    }

    private static SignalRequest read(String body) throws Exception {
        return SignalRequest.read(new ObjectMapper().readTree(body));
    }
}
