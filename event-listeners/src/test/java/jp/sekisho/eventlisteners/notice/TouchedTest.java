package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

// FFAJ-1.5-S2
class TouchedTest {

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"UPDATE_PROFILE", "UPDATE_EMAIL"})
    void whatTheCustomerDoes(EventType type) {
        assertThat(Touched.in(event(type))).contains(new Touched("u1", false));
    }

    @ParameterizedTest
    @EnumSource(
            value = EventType.class,
            names = {"LOGIN", "UPDATE_PROFILE_ERROR", "UPDATE_CREDENTIAL"})
    void otherEventsAreNone(EventType type) {
        assertThat(Touched.in(event(type))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "USER, users/u1, true",
        "REALM, users/u1, true",
        "USER, users/u1/credentials/c1, false",
        "GROUP, users/u1, false"
    })
    void whatStaffDo(ResourceType resource, String path, boolean touched) {
        AdminEvent event = adminEvent(resource, path);
        assertThat(Touched.in(event).isPresent()).isEqualTo(touched);
        event.setOperationType(OperationType.CREATE);
        assertThat(Touched.in(event)).as("who is new has nobody to tell").isEmpty();
    }

    @Test
    void whatFailedIsNone() {
        AdminEvent event = adminEvent(ResourceType.USER, "users/u1");
        event.setError("refused");
        assertThat(Touched.in(event)).isEmpty();
    }

    private static Event event(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setUserId("u1");
        return event;
    }

    private static AdminEvent adminEvent(ResourceType resource, String path) {
        AdminEvent event = new AdminEvent();
        event.setResourceType(resource);
        event.setOperationType(OperationType.UPDATE);
        event.setResourcePath(path);
        return event;
    }
}
