package jp.sekisho.eventlisteners.notice;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/** A customer whose personal data may have changed in stock Keycloak: which of them did is to be looked at. */
// FFAJ-1.5-S2
record Touched(String userId, boolean byStaff) {

    private static final Set<EventType> BY_CUSTOMER = EnumSet.of(EventType.UPDATE_PROFILE, EventType.UPDATE_EMAIL);

    /** An update of the user, and an import that overwrites him: of the latter the realm is said to be the resource. */
    private static final Set<ResourceType> RESOURCES = EnumSet.of(ResourceType.USER, ResourceType.REALM);

    private static final Pattern BY_STAFF = Pattern.compile("users/([^/]+)");

    static Optional<Touched> in(Event event) {
        return BY_CUSTOMER.contains(event.getType()) && event.getUserId() != null && event.getError() == null
                ? Optional.of(new Touched(event.getUserId(), false))
                : Optional.empty();
    }

    static Optional<Touched> in(AdminEvent event) {
        if (event.getError() != null
                || !RESOURCES.contains(event.getResourceType())
                || event.getOperationType() != OperationType.UPDATE
                || event.getResourcePath() == null) {
            return Optional.empty();
        }
        Matcher path = BY_STAFF.matcher(event.getResourcePath());
        return path.matches() ? Optional.of(new Touched(path.group(1), true)) : Optional.empty();
    }
}
