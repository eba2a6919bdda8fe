package jp.sekisho.checkpoint.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

class AdmissionTest {

    private final Map<String, String> notes = new HashMap<>();
    private final UserModel user = stub(UserModel.class, (proxy, method, arguments) -> "hanako");
    private final AuthenticationSessionModel login = stub(
            AuthenticationSessionModel.class,
            (proxy, method, arguments) -> notes.put((String) arguments[0], (String) arguments[1]));

    @Test
    void each_record_is_good_for_one_login() {
        Admission.grant(login, user, "decision", "record");
        assertThat(Admission.claim(session("one"))).isTrue();
        assertThat(Admission.claim(session("one"))).isFalse();
        assertThat(Admission.decision(session("one"))).contains("decision");
    }

    @Test
    void by_its_cookie_a_session_that_was_admitted_goes_on() {
        Admission.grant(login, user, "decision", "record");
        Admission.claim(session("one"));
        Admission.grantWithin("one", login, user, "decision", "again");
        assertThat(Admission.claim(session("one"))).isTrue();
        assertThat(Admission.claim(session("one"))).isFalse();
        assertThat(Admission.decision(session("one"))).contains("decision");
    }

    @Test
    void by_its_cookie_no_session_comes_of_it() {
        Admission.grantWithin("one", login, user, "decision", "record");
        assertThat(Admission.claim(session("one"))).as("made anew").isFalse();
    }

    @Test
    void by_its_cookie_no_other_session_goes_on() {
        Admission.grant(login, user, "decision", "record");
        Admission.claim(session("other"));
        Admission.grantWithin("one", login, user, "decision", "again");
        assertThat(Admission.claim(session("other"))).isFalse();
    }

    private UserSessionModel session(String id) {
        return stub(UserSessionModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getId" -> id;
            case "getUser" -> user;
            case "getNote" -> notes.get((String) arguments[0]);
            default -> notes.put((String) arguments[0], (String) arguments[1]);
        });
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
