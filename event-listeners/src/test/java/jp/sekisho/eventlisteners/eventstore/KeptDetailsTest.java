package jp.sekisho.eventlisteners.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

class KeptDetailsTest {

    @Test
    void whatWasTypedWhereANameIsAskedIsNotKeptWhetherAnybodyHasItOrNot() {
        for (String user : new String[] {null, "f3a1"}) {
            Event event =
                    event(EventType.LOGIN_ERROR, Map.of("username", "Himitsu-no-Pw1", "auth_method", "openid-connect"));
            event.setUserId(user);
            assertThat(KeptDetails.masked(event).getDetails()).containsOnly(Map.entry("auth_method", "openid-connect"));
            assertThat(event.getDetails()).as("listeners are told").containsEntry("username", "Himitsu-no-Pw1");
        }
    }

    @Test
    void namesAddressesAndWhatChangedAreMasked() {
        Event event = event(
                EventType.UPDATE_EMAIL,
                Map.of(
                        "username", "taro.yamada",
                        "previous_email", "taro@example.jp",
                        "updated_email", "jiro@example.com",
                        "previous_phone", "03-1234-5678",
                        "sekisho_decision", "0d6f"));
        assertThat(KeptDetails.masked(event).getDetails())
                .containsEntry("username", "t***")
                .containsEntry("previous_email", "t***@e***")
                .containsEntry("updated_email", "j***@e***")
                .containsEntry("previous_phone", "0***")
                .containsEntry("sekisho_decision", "0d6f");
    }

    /** Whoever registers himself, or comes from an identity provider. */
    // FFAJ-1.5-S1
    @Test
    void whoIsNewIsMasked() {
        Event event = event(
                EventType.REGISTER,
                Map.of("first_name", "太郎", "last_name", "山田", "identity_provider_identity", "taro@example.jp"));
        assertThat(KeptDetails.masked(event).getDetails())
                .containsEntry("first_name", "***")
                .containsEntry("last_name", "***")
                .containsEntry("identity_provider_identity", "t***@e***");
    }

    // FFAJ-2.2-S4
    @Test
    void noIndividualNumberIsKept() {
        Event event = event(EventType.UPDATE_CREDENTIAL, Map.of("credential_user_label", "1234-5678-9018", "x", "y"));
        assertThat(KeptDetails.masked(event).getDetails()).containsOnly(Map.entry("x", "y"));
    }

    @Test
    void anEventWithoutDetailsIsKept() {
        Event event = new Event();
        event.setType(EventType.LOGOUT);
        event.setRealmId("r");
        assertThat(KeptDetails.masked(event).getRealmId()).isEqualTo("r");
    }

    private static Event event(EventType type, Map<String, String> details) {
        Event event = new Event();
        event.setType(type);
        event.setDetails(details);
        return event;
    }
}
