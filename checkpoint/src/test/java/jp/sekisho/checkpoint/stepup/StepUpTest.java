package jp.sekisho.checkpoint.stepup;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.factor.FactorClass;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

class StepUpTest {

    private static final String NOTE = "sekisho.shown";
    private static final Map<String, UserModel> USERS = new HashMap<>();
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Property
    void onlyMoreThanAPasswordWithinFiveMinutesIsFresh(
            @ForAll @IntRange(max = 4) int loa, @ForAll @LongRange(min = -400, max = 400) long secondsAgo) {
        Optional<Instant> until =
                StepUp.USUAL.freshUntil(Optional.of(loa + " " + NOW.minus(Duration.ofSeconds(secondsAgo))), NOW);

        assertThat(until.isPresent()).isEqualTo(loa >= 2 && secondsAgo >= 0 && secondsAgo < 300);
        until.ifPresent(end -> assertThat(end).isEqualTo(NOW.plusSeconds(300 - secondsAgo)));
    }

    @Property
    void whereThePolicyWantsAPasskeyNothingLessIsFresh(
            @ForAll @IntRange(max = 4) int loa, @ForAll @LongRange(min = -700, max = 700) long secondsAgo) {
        StepUp strong = new StepUp(FactorClass.PHISHING_RESISTANT, Duration.ofMinutes(10));

        assertThat(strong.freshUntil(Optional.of(loa + " " + NOW.minus(Duration.ofSeconds(secondsAgo))), NOW)
                        .isPresent())
                .isEqualTo(loa >= 3 && secondsAgo >= 0 && secondsAgo < 600);
        assertThat(strong.acr()).isEqualTo("urn:sekisho:acr:phishing-resistant");
    }

    @Test
    void aSessionThatNeverCameByTheCheckpointIsNotFresh() {
        assertThat(StepUp.USUAL.freshUntil(Optional.empty(), NOW)).isEmpty();
    }

    /** By cookie nothing is shown, so that the session counts; but a login is worth what was shown in it, whatever session there is. */
    @Property
    void aLoginIsWorthWhatItShowedAndOneByCookieWhatItsSessionDid(
            @ForAll @IntRange(min = 1, max = 3) int own, @ForAll @IntRange(min = 1, max = 3) int ofSession) {
        Optional<UserSessionModel> session = Optional.of(session("hanako", ofSession));

        assertThat(StepUp.USUAL.reached(login(Map.of(NOTE, own + " " + NOW)), session))
                .isEqualTo(own >= 2);
        assertThat(StepUp.USUAL.reached(login(Map.of()), session)).isEqualTo(ofSession >= 2);
        assertThat(StepUp.USUAL.reached(login(Map.of()), Optional.empty())).isFalse();
        assertThat(StepUp.USUAL.reached(login(Map.of()), Optional.of(session("ichiro", ofSession))))
                .as("somebody else's")
                .isFalse();
    }

    private static AuthenticationSessionModel login(Map<String, String> notes) {
        return stub(
                AuthenticationSessionModel.class,
                Map.of("getUserSessionNotes", notes, "getAuthenticatedUser", user("hanako")));
    }

    private static UserSessionModel session(String user, int loa) {
        return stub(UserSessionModel.class, Map.of("getUser", user(user), "getNote", loa + " " + NOW));
    }

    private static UserModel user(String id) {
        return USERS.computeIfAbsent(id, name -> stub(UserModel.class, Map.of("getId", name)));
    }

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals("equals") ? proxy == arguments[0] : answers.get(method.getName())));
    }
}
