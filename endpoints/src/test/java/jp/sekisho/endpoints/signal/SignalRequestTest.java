package jp.sekisho.endpoints.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.endpoints.operation.Refusal;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | ''",
                "{} | /session",
                "{'session':1,'events':[]} | /session",
                "{'session':'s'} | /events",
                "{'session':'s','events':{}} | /events",
                "{'session':'s','events':[],'key':'typed'} | /key",
                "{'session':'s','events':[],'dropped':-1} | /dropped",
                "{'session':'s','events':[],'dropped':1.5} | /dropped",
                "{'session':'s','events':[],'dropped':99999999999} | /dropped",
                "{'session':'s','events':['x']} | /events/0/type",
                "{'session':'s','events':[{'type':'FINDING','kind':'HEADLESS'},{'type':'KEYS'}]} | /events/1/type",
                "{'session':'s','events':[{'type':'FINDING','kind':'headless'}]} | /events/0/kind",
                "{'session':'s','events':[{'type':'FINDING','kind':'HEADLESS','text':'x'}]} | /events/0/text",
                "{'session':'s','events':[{'type':'TRANSITION','stayMillis':1}]} | /events/0/to",
                "{'session':'s','events':[{'type':'TRANSITION','to':'home'}]} | /events/0/stayMillis",
                "{'session':'s','events':[{'type':'TRANSITION','to':'/account/1234567','stayMillis':1}]} | /events/0",
                "{'session':'s','events':[{'type':'TRANSITION','to':'home','stayMillis':86400001}]} | /events/0",
                "{'session':'s','events':[{'type':'RHYTHM','intervals':'12','medianMillis':1,'deviationMillis':1}]}"
                        + " | /events/0/intervals",
            })
    void whatCannotBeReadIsPointedAt(String body, String pointer) {
        Refusal refused = catchThrowableOfType(Refusal.class, () -> read(body.replace('\'', '"')));
        assertThat(refused.answer().getStatus()).isEqualTo(400);
        assertThat(((Map<?, ?>) refused.answer().getEntity()).get("pointer")).isEqualTo(pointer);
    }

    @Test
    void soManyEventsAndNoMore() throws Exception {
        String event = "{\"type\":\"FINDING\",\"kind\":\"HEADLESS\"},";
        assertThat(read(batch(event.repeat(256))).batch().events()).hasSize(256);
        Refusal refused = catchThrowableOfType(Refusal.class, () -> read(batch(event.repeat(257))));
        assertThat(((Map<?, ?>) refused.answer().getEntity()).get("pointer")).isEqualTo("/events");
    }

    private static String batch(String events) {
        return "{\"session\":\"s\",\"events\":[" + events.substring(0, events.length() - 1) + "]}";
    }

    private static SignalRequest read(String body) throws Exception {
        return SignalRequest.read(new ObjectMapper().readTree(body));
    }
}
