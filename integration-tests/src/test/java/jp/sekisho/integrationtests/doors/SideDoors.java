package jp.sekisho.integrationtests.doors;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.sekisho.realmconfig.shipped.ShippedRealm;

/** The table of side doors: every way to a session, a token or a changed credential, and what became of it. */
public record SideDoors(int format, List<Door> doors) {

    /** What a door is. */
    public enum Kind {
        GRANT,
        PROTOCOL,
        ACTION_TOKEN,
        REQUIRED_ACTION,
        AUTHENTICATOR,
        REALM_EXTENSION,
        ADMIN_EXTENSION,
        FEATURE,
        ENDPOINT
    }

    /** What became of it. */
    public enum State {
        CLOSED,
        CHECKPOINT,
        OFFICER,
        ADMIN,
        HARMLESS
    }

    /** What somebody gets at a door. */
    public enum Answer {
        /** What anybody gets. */
        PASSES,
        /** Nothing, and no reason. */
        NOTHING,
        /** Nothing, and the page that says why and whom to turn to. */
        TOLD
    }

    /** What a request of SideDoorsIT gets there. */
    public record Got(String at, Answer locked, Answer frozen) {}

    /**
     * Doors of one kind and state.
     *
     * @param in for endpoints the class below {@code org.keycloak}
     * @param ids providers, features, or methods of the class
     * @param how why that is so
     * @param locked what a locked or frozen customer gets there
     * @param gets the same, as it is tried
     * @param knocks the requests that try what is closed
     */
    public record Door(
            Kind kind,
            String in,
            List<String> ids,
            State state,
            String how,
            String locked,
            List<Got> gets,

            @com.fasterxml.jackson.annotation.JsonProperty("try")
            List<String> knocks) {

        public Door {
            gets = gets == null ? List.of() : List.copyOf(gets);
            knocks = knocks == null ? List.of() : List.copyOf(knocks);
        }
    }

    public static SideDoors read() throws IOException {
        ObjectMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream table = ShippedRealm.class.getResourceAsStream("/jp/sekisho/realmconfig/side-doors.yaml")) {
            return yaml.readValue(table, SideDoors.class);
        }
    }

    /** Those of the server's that do not stand in the table. */
    public Set<String> missing(Kind kind, Set<String> ofTheServer) {
        Set<String> missing = new TreeSet<>(ofTheServer);
        missing.removeAll(ids(kind));
        return missing;
    }

    /** Of endpoints as {@code class#method}. */
    public Set<String> ids(Kind kind) {
        return doors.stream()
                .filter(door -> door.kind() == kind)
                .flatMap(door -> door.ids().stream().map(id -> kind == Kind.ENDPOINT ? door.in() + "#" + id : id))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
