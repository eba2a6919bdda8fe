package jp.sekisho.eventlisteners.operation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.UserModel;

/** What Keycloak's events are among the operations: an event is of the transaction that does what it tells of. */
public final class EventOperations {

    private static final Map<EventType, Set<Operation>> OPERATIONS = operations();

    /** Of the language that is chosen on the way in; a change of the profile says more. */
    private static final Set<String> LANGUAGE =
            Set.of(Details.PREF_PREVIOUS + UserModel.LOCALE, Details.PREF_UPDATED + UserModel.LOCALE);

    private static final Set<EventType> BEFORE_ADMISSION = EnumSet.of(
            EventType.UPDATE_PROFILE,
            EventType.FEDERATED_IDENTITY_LINK,
            EventType.FEDERATED_IDENTITY_OVERRIDE_LINK,
            EventType.REMOVE_FEDERATED_IDENTITY);

    private EventOperations() {}

    // The deprecated ones are fired beside their successors, and alone by some of the stock actions.
    @SuppressWarnings("deprecation")
    private static Map<EventType, Set<Operation>> operations() {
        Map<EventType, Set<Operation>> operations = new EnumMap<>(EventType.class);
        for (EventType login : new EventType[] {
            EventType.LOGIN,
            EventType.VERIFY_EMAIL,
            EventType.REFRESH_TOKEN,
            EventType.USER_INFO_REQUEST,
            EventType.TOKEN_EXCHANGE,
            EventType.IMPERSONATE,
            EventType.PERMISSION_TOKEN,
            EventType.IDENTITY_PROVIDER_RETRIEVE_TOKEN,
            EventType.OAUTH2_DEVICE_CODE_TO_TOKEN,
            EventType.AUTHREQID_TO_TOKEN,
            EventType.JWT_AUTHORIZATION_GRANT,
            EventType.VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT,
            EventType.VERIFIABLE_CREDENTIAL_REQUEST,
            EventType.OAUTH2_EXTENSION_GRANT
        }) {
            operations.put(login, EnumSet.of(Operation.LOGIN));
        }
        for (EventType credential : new EventType[] {
            EventType.UPDATE_CREDENTIAL,
            EventType.REMOVE_CREDENTIAL,
            EventType.UPDATE_PASSWORD,
            EventType.RESET_PASSWORD,
            EventType.UPDATE_TOTP,
            EventType.REMOVE_TOTP,
            // Who can log in at the provider can log in here.
            EventType.FEDERATED_IDENTITY_LINK,
            EventType.FEDERATED_IDENTITY_OVERRIDE_LINK,
            EventType.REMOVE_FEDERATED_IDENTITY
        }) {
            operations.put(credential, EnumSet.of(Operation.CREDENTIAL_CHANGE));
        }
        operations.put(EventType.UPDATE_PROFILE, EnumSet.of(Operation.PROFILE_CHANGE));
        operations.put(EventType.UPDATE_EMAIL, EnumSet.of(Operation.PROFILE_CHANGE));
        operations.put(EventType.DELETE_ACCOUNT, EnumSet.of(Operation.PROFILE_CHANGE, Operation.CREDENTIAL_CHANGE));
        return operations;
    }

    static Set<Operation> of(EventType type) {
        return OPERATIONS.getOrDefault(type, Set.of());
    }

    /** Empty for what concerns no customer's operation, and for what failed. Introspection answers instead of refusing. */
    public static Set<Operation> of(Event event) {
        return event.getError() != null || ofLanguage(event) ? Set.of() : of(event.getType());
    }

    /** Whether it changes credentials or profile. */
    public static boolean changes(Event event) {
        Set<Operation> operations = of(event);
        return operations.contains(Operation.CREDENTIAL_CHANGE) || operations.contains(Operation.PROFILE_CHANGE);
    }

    public static boolean ofCredentials(Event event) {
        return of(event).contains(Operation.CREDENTIAL_CHANGE);
    }

    /** What somebody does only once he is in; an identity provider's links are made before, and so is a profile of its. */
    public static boolean afterAdmission(Event event) {
        return changes(event) && !BEFORE_ADMISSION.contains(event.getType());
    }

    private static boolean ofLanguage(Event event) {
        return event.getType() == EventType.UPDATE_PROFILE
                && event.getDetails() != null
                && event.getDetails().containsKey(Details.PREF_UPDATED + UserModel.LOCALE)
                && LANGUAGE.containsAll(event.getDetails().keySet());
    }
}
