package jp.sekisho.eventlisteners.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

class EventOperationsTest {

    /** Looked at: none of them changes a customer's profile or credentials, or gives out what is worth a login. */
    @SuppressWarnings("deprecation")
    private static final Set<EventType> OTHERS = EnumSet.of(
            // Nobody is frozen before he exists.
            EventType.REGISTER,
            // Ends something.
            EventType.LOGOUT,
            EventType.USER_SESSION_DELETED,
            EventType.REVOKE_GRANT,
            // Its login was looked at a minute ago at most, and its tokens are when they are used.
            EventType.CODE_TO_TOKEN,
            // Answers by a provider of ours.
            EventType.INTROSPECT_TOKEN,
            EventType.VALIDATE_ACCESS_TOKEN,
            // What an app may see, not who he is or how he logs in.
            EventType.GRANT_CONSENT,
            EventType.UPDATE_CONSENT,
            // Says what is missing; what is changed then is an event of its own.
            EventType.VERIFY_PROFILE,
            EventType.CUSTOM_REQUIRED_ACTION,
            EventType.EXECUTE_ACTIONS,
            EventType.EXECUTE_ACTION_TOKEN,
            // A message, or a step on a way whose end is an event of its own.
            EventType.SEND_VERIFY_EMAIL,
            EventType.SEND_RESET_PASSWORD,
            EventType.SEND_IDENTITY_PROVIDER_LINK,
            EventType.IDENTITY_PROVIDER_LINK_ACCOUNT,
            EventType.IDENTITY_PROVIDER_LOGIN,
            EventType.IDENTITY_PROVIDER_FIRST_LOGIN,
            EventType.IDENTITY_PROVIDER_POST_LOGIN,
            EventType.IDENTITY_PROVIDER_RESPONSE,
            EventType.CLIENT_INITIATED_ACCOUNT_LINKING,
            EventType.RESTART_AUTHENTICATION,
            EventType.PUSHED_AUTHORIZATION_REQUEST,
            EventType.OAUTH2_DEVICE_AUTH,
            EventType.OAUTH2_DEVICE_VERIFY_USER_CODE,
            EventType.VERIFIABLE_CREDENTIAL_NONCE_REQUEST,
            EventType.VERIFIABLE_CREDENTIAL_OFFER_REQUEST,
            EventType.VERIFIABLE_CREDENTIAL_CREATE_OFFER,
            EventType.USER_DISABLED_BY_PERMANENT_LOCKOUT,
            EventType.USER_DISABLED_BY_TEMPORARY_LOCKOUT,
            // No customer's.
            EventType.INVITE_ORG,
            EventType.CLIENT_LOGIN,
            EventType.CLIENT_INFO,
            EventType.CLIENT_REGISTER,
            EventType.CLIENT_UPDATE,
            EventType.CLIENT_DELETE,
            EventType.INVALID_SIGNATURE,
            EventType.REGISTER_NODE,
            EventType.UNREGISTER_NODE);

    @Test
    void eachOfKeycloaksEventsWasLookedAt() {
        assertThat(Stream.of(EventType.values()).filter(type -> !type.name().endsWith("_ERROR")))
                .allSatisfy(type -> assertThat(EventOperations.of(type).isEmpty())
                        .as("%s is either no operation or one", type)
                        .isEqualTo(OTHERS.contains(type)));
    }

    @Test
    void whoDeletesHisAccountChangesAllOfIt() {
        assertThat(EventOperations.of(EventType.DELETE_ACCOUNT))
                .containsExactlyInAnyOrder(Operation.PROFILE_CHANGE, Operation.CREDENTIAL_CHANGE);
    }

    @Test
    void theLanguageOfALoginIsNoChangeOfTheProfile() {
        Map<String, String> language = Map.of("updated_locale", "en");
        assertThat(EventOperations.of(profile(language))).isEmpty();
        assertThat(EventOperations.of(profile(Map.of("previous_locale", "ja", "updated_locale", "en"))))
                .isEmpty();
        for (Map.Entry<String, String> more :
                Map.of("context", "ACCOUNT", "updated_email", "a@example.org").entrySet()) {
            Map<String, String> details = new HashMap<>(language);
            details.put(more.getKey(), more.getValue());
            assertThat(EventOperations.changes(profile(details)))
                    .as(more.getKey())
                    .isTrue();
        }
        assertThat(EventOperations.changes(profile(Map.of()))).isTrue();
    }

    @Test
    void whatFailedDidNothing() {
        Event failed = profile(Map.of());
        failed.setError("invalid");
        assertThat(EventOperations.of(failed)).isEmpty();
    }

    private static Event profile(Map<String, String> details) {
        Event event = new Event();
        event.setType(EventType.UPDATE_PROFILE);
        event.setDetails(details);
        return event;
    }
}
