package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import jp.sekisho.policies.notice.Notice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

class ChangeTest {

    @ParameterizedTest
    @CsvSource({
        "UPDATE_PASSWORD, '', PASSWORD_CHANGED, password",
        "RESET_PASSWORD, '', PASSWORD_CHANGED, password",
        "UPDATE_CREDENTIAL, password, PASSWORD_CHANGED, password",
        "UPDATE_TOTP, '', AUTHENTICATOR_CHANGED, totp",
        "REMOVE_TOTP, '', AUTHENTICATOR_CHANGED, totp",
        "UPDATE_CREDENTIAL, otp, AUTHENTICATOR_CHANGED, totp",
        "REMOVE_CREDENTIAL, webauthn-passwordless, AUTHENTICATOR_CHANGED, passkey",
        "UPDATE_CREDENTIAL, recovery-authn-codes, AUTHENTICATOR_CHANGED, recovery-code",
        "UPDATE_CREDENTIAL, trading-password, AUTHENTICATOR_CHANGED, trading-password",
        "REMOVE_CREDENTIAL, trading-password, AUTHENTICATOR_CHANGED, trading-password",
        "REMOVE_CREDENTIAL, of-an-operators-own, AUTHENTICATOR_CHANGED, ''",
        "FEDERATED_IDENTITY_LINK, '', AUTHENTICATOR_CHANGED, ''",
        "FEDERATED_IDENTITY_OVERRIDE_LINK, '', AUTHENTICATOR_CHANGED, ''",
        "REMOVE_FEDERATED_IDENTITY, '', AUTHENTICATOR_CHANGED, ''"
    })
    void eventsOfCredentials(EventType type, String credential, Notice notice, String factor) {
        Event event = new Event();
        event.setType(type);
        event.setUserId("u1");
        event.setDetails(Map.of("credential_type", credential));
        assertThat(Change.in(event)).contains(new Change("u1", notice, factor, false));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"LOGIN", "LOGIN_ERROR", "UPDATE_PASSWORD_ERROR", "UPDATE_CREDENTIAL_ERROR", "UPDATE_PROFILE"})
    void otherEventsAreNone(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setUserId("u1");
        assertThat(Change.in(event)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "users/u1/reset-password, PASSWORD_CHANGED, password",
        "users/u1/credentials/c1, AUTHENTICATOR_CHANGED, ''",
        "users/u1/disable-credential-types, AUTHENTICATOR_CHANGED, ''",
        "users/u1/federated-identity/elsewhere, AUTHENTICATOR_CHANGED, ''"
    })
    void whatStaffDo(String path, Notice notice, String factor) {
        assertThat(Change.in(adminEvent(path))).contains(new Change("u1", notice, factor, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"users/u1", "users/u1/credentials/c1/moveToFirst", "users/u1/logout", "groups/g1"})
    void otherThingsStaffDoAreNone(String path) {
        assertThat(Change.in(adminEvent(path))).isEmpty();
    }

    private static AdminEvent adminEvent(String path) {
        AdminEvent event = new AdminEvent();
        event.setResourceType(ResourceType.USER);
        event.setOperationType(OperationType.ACTION);
        event.setResourcePath(path);
        return event;
    }
}
