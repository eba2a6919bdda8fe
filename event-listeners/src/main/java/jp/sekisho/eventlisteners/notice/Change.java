package jp.sekisho.eventlisteners.notice;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/**
 * A customer's credential changed in stock Keycloak.
 *
 * @param factor the code of the factor, empty where it is not known
 */
record Change(String userId, Notice notice, String factor, boolean byStaff) {

    private static final String PASSWORD = "password";

    private static final Map<String, String> FACTORS = Map.of(
            PASSWORD,
            PASSWORD,
            "otp",
            "totp",
            "webauthn",
            "passkey",
            "webauthn-passwordless",
            "passkey",
            "recovery-authn-codes",
            "recovery-code",
            Attempt.TRADING_PASSWORD,
            Attempt.TRADING_PASSWORD);

    private static final String PROVIDER = "federated-identity/";
    /** A new password, the loss of a credential, the loss of all of a kind, a provider that vouches for him or no longer does. */
    private static final Pattern BY_STAFF = Pattern.compile(
            "users/([^/]+)/(reset-password|credentials/[^/]+|disable-credential-types|" + PROVIDER + "[^/]+)");

    /** Old events are still fired beside the new ones: both read the same here, and the same notice is told once. */
    static Optional<Change> in(Event event) {
        if (event.getUserId() == null) {
            return Optional.empty();
        }
        return switch (event.getType().name()) {
            case "UPDATE_PASSWORD", "RESET_PASSWORD" -> Optional.of(of(event, PASSWORD));
            case "UPDATE_TOTP", "REMOVE_TOTP" -> Optional.of(of(event, "otp"));
            case "UPDATE_CREDENTIAL", "REMOVE_CREDENTIAL" -> Optional.of(of(event, type(event)));
            // Who can log in at the provider can log in here.
            case "FEDERATED_IDENTITY_LINK", "FEDERATED_IDENTITY_OVERRIDE_LINK", "REMOVE_FEDERATED_IDENTITY" ->
                Optional.of(of(event, ""));
            default -> Optional.empty();
        };
    }

    private static Change of(Event event, String credentialType) {
        String factor = FACTORS.getOrDefault(credentialType, "");
        return new Change(event.getUserId(), notice(factor), factor, false);
    }

    private static String type(Event event) {
        return event.getDetails() == null ? "" : event.getDetails().getOrDefault(Details.CREDENTIAL_TYPE, "");
    }

    static Optional<Change> in(AdminEvent event) {
        if (event.getError() != null
                || event.getResourceType() != ResourceType.USER
                || event.getResourcePath() == null) {
            return Optional.empty();
        }
        Matcher path = BY_STAFF.matcher(event.getResourcePath());
        if (!path.matches()
                || event.getOperationType() == OperationType.CREATE
                        && !path.group(2).startsWith(PROVIDER)) {
            return Optional.empty();
        }
        String factor = path.group(2).equals("reset-password") ? PASSWORD : "";
        return Optional.of(new Change(path.group(1), notice(factor), factor, true));
    }

    private static Notice notice(String factor) {
        return factor.equals(PASSWORD) ? Notice.PASSWORD_CHANGED : Notice.AUTHENTICATOR_CHANGED;
    }
}
