package jp.sekisho.checkpoint.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

class AdmissionTest {

    private final Map<String, String> notes = new HashMap<>();
    private final Set<String> usedUp = new HashSet<>();
    private final UserModel user = stub(UserModel.class, (proxy, method, arguments) -> "hanako");
    private boolean live = true;
    private final AuthenticationSessionModel login =
            stub(AuthenticationSessionModel.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "setUserSessionNote" -> notes.put((String) arguments[0], (String) arguments[1]);
                case "getParentSession" ->
                    stub(RootAuthenticationSessionModel.class, (root, tab, of) -> live ? login() : null);
                default -> null;
            });

    private AuthenticationSessionModel login() {
        return login;
    }

    @Test
    void each_record_is_good_for_one_login() {
        Request request = new Request();
        Admission.grant(request.session(), login, user, "decision", "record");
        assertThat(request.claims("one")).isTrue();
        assertThat(request.claims("one")).isFalse();
        request.commits();
        assertThat(new Request().claims("one")).isFalse();
        assertThat(Admission.decision(session("one"))).contains("decision");
    }

    @Test
    void who_comes_while_another_is_admitted_has_none_of_it() {
        Request request = new Request();
        Admission.grant(request.session(), login, user, "decision", "record");
        assertThat(new Request().claims("one")).isFalse();
        assertThat(request.claims("one")).isTrue();
    }

    @Test
    void what_is_left_to_a_later_request_is_good_for_one_of_them() {
        Request request = new Request();
        Admission.grant(request.session(), login, user, "decision", "record");
        request.commits();
        assertThat(new Request().claims("one")).isTrue();
        notes.remove("sekisho.admitted-claimed");
        assertThat(new Request().claims("one")).as("at the same moment").isFalse();
    }

    @Test
    void nothing_is_left_of_a_login_that_is_gone() {
        Request request = new Request();
        Admission.grant(request.session(), login, user, "decision", "record");
        live = false;
        request.commits();
        assertThat(new Request().claims("one")).isFalse();
    }

    @Test
    void by_its_cookie_a_session_that_was_admitted_goes_on() {
        admitted("one");
        Request request = new Request();
        Admission.grantWithin(request.session(), "one", login, user, "decision", "again");
        assertThat(request.claims("one")).isTrue();
        assertThat(request.claims("one")).isFalse();
        assertThat(Admission.decision(session("one"))).contains("decision");
    }

    @Test
    void by_its_cookie_no_session_comes_of_it() {
        Request request = new Request();
        Admission.grantWithin(request.session(), "one", login, user, "decision", "record");
        assertThat(request.claims("one")).as("made anew").isFalse();
    }

    @Test
    void by_its_cookie_no_other_session_goes_on() {
        admitted("other");
        Request request = new Request();
        Admission.grantWithin(request.session(), "one", login, user, "decision", "again");
        assertThat(request.claims("other")).isFalse();
    }

    private void admitted(String id) {
        Request request = new Request();
        Admission.grant(request.session(), login, user, "decision", "record");
        request.claims(id);
    }

    private final class Request {

        private final Map<String, Object> attributes = new HashMap<>();
        private final List<KeycloakTransaction> closing = new ArrayList<>();

        KeycloakSession session() {
            return stub(KeycloakSession.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getAttribute" -> attributes.get(arguments[0]);
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "removeAttribute" -> attributes.remove(arguments[0]);
                case "singleUseObjects" ->
                    stub(SingleUseObjectProvider.class, (objects, put, key) -> usedUp.add((String) key[0]));
                default ->
                    stub(KeycloakTransactionManager.class, (manager, enlist, one) -> {
                        closing.add((KeycloakTransaction) one[0]);
                        return null;
                    });
            });
        }

        boolean claims(String id) {
            return Admission.claim(session(), AdmissionTest.this.session(id));
        }

        void commits() {
            closing.forEach(transaction -> {
                transaction.begin();
                transaction.commit();
            });
        }
    }

    private UserSessionModel session(String id) {
        return stub(UserSessionModel.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getId" -> id;
            case "getUser" -> user;
            case "getRealm" -> stub(RealmModel.class, (realm, lifespan, none) -> 1800);
            case "getNote" -> notes.get((String) arguments[0]);
            default -> notes.put((String) arguments[0], (String) arguments[1]);
        });
    }

    private static <T> T stub(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
