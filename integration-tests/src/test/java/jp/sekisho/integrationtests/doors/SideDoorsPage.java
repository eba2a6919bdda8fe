package jp.sekisho.integrationtests.doors;

import java.util.List;
import java.util.stream.Collectors;
import jp.sekisho.integrationtests.doors.SideDoors.Door;
import jp.sekisho.integrationtests.doors.SideDoors.Kind;

/** The table for people. */
final class SideDoorsPage {

    private SideDoorsPage() {}

    static String of(SideDoors table) {
        StringBuilder page = new StringBuilder("""
                # Side doors

                A checkpoint is worth as much as the weakest way around it. Here stands every way of Keycloak 26.7 to a session, a token or a changed
                credential, and what became of it in the shipped realm. Written from `realm-config/…/side-doors.yaml`; `SideDoorsIT` walks it on a real
                server, knocks at what is closed with a right password, and fails for a door that does not stand here.

                CLOSED: nobody gets through. CHECKPOINT: through our steps, with a decision and its record. OFFICER: a role of the realm. ADMIN: an
                administrator's right, which nobody has by default. HARMLESS: gives nothing by itself.

                *Tried* is what `SideDoorsIT` gets there, first as a locked customer, then as a frozen one. PASSES: what anybody gets. NOTHING: nothing, and
                no reason. TOLD: nothing, and the page that says why and whom to turn to.
                """);
        for (Kind kind : Kind.values()) {
            List<Door> doors =
                    table.doors().stream().filter(door -> door.kind() == kind).toList();
            page.append("\n## ").append(heading(kind)).append("\n\n");
            page.append("| door | state | how | a locked or frozen customer |\n|---|---|---|---|\n");
            doors.forEach(door -> page.append(row(door)));
        }
        return page.toString();
    }

    private static String heading(Kind kind) {
        return switch (kind) {
            case GRANT -> "Grants";
            case PROTOCOL -> "Login protocols";
            case ACTION_TOKEN -> "Action tokens";
            case REQUIRED_ACTION -> "Required actions";
            case AUTHENTICATOR -> "Authenticators";
            case REALM_EXTENSION -> "Realm extensions";
            case ADMIN_EXTENSION -> "Admin extensions";
            case FEATURE -> "Features that are on";
            case ENDPOINT -> "Endpoints";
        };
    }

    private static String row(Door door) {
        String ids = door.ids().stream().map(id -> "`" + id + "`").collect(Collectors.joining(" "));
        String where = door.in() == null ? "" : "**" + door.in().replaceFirst(".*\\.", "") + "** ";
        return "| " + where + ids + " | " + door.state() + " | " + door.how() + " | " + door.locked() + tried(door)
                + " |\n";
    }

    private static String tried(Door door) {
        return door.gets().isEmpty()
                ? ""
                : door.gets().stream()
                        .map(got -> "`" + got.at() + "` " + got.locked() + " / " + got.frozen())
                        .collect(Collectors.joining(", ", ". *Tried*: ", ""));
    }
}
