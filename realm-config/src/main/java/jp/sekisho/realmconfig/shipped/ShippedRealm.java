package jp.sekisho.realmconfig.shipped;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The realm as it is shipped, with the firm's own values in place of the placeholders. */
public final class ShippedRealm {

    /** The one source of every setting, also read by Keycloak's {@code --import-realm}. */
    public static final String RESOURCE = "/jp/sekisho/realmconfig/broker-realm.json";

    /** Tells the import to add the stock client scopes as well; Keycloak never stores it. */
    private static final String IMPORT_INSTRUCTION = "CreateDefaultClientScopes";

    /** The placeholder of the realm's name, in paths that it is part of. */
    private static final String REALM = "SEKISHO_REALM";

    private final ObjectNode importable;

    private ShippedRealm(ObjectNode importable) {
        this.importable = importable;
    }

    /**
     * @param realm the realm's name at the firm
     * @param environment values of the placeholders, by name
     */
    public static ShippedRealm read(String realm, Map<String, String> environment) {
        try (InputStream in = ShippedRealm.class.getResourceAsStream(RESOURCE)) {
            Map<String, String> values = new HashMap<>(environment);
            values.put(REALM, realm);
            var filled = (ObjectNode) new Placeholders(values).fill(new ObjectMapper().readTree(in));
            return new ShippedRealm(filled.put("realm", realm));
        } catch (IOException e) {
            throw new UncheckedIOException("The shipped realm cannot be read from " + RESOURCE, e);
        }
    }

    /** A realm that was changed further, as the demo does. */
    public static ShippedRealm of(ObjectNode importable) {
        return new ShippedRealm(importable.deepCopy());
    }

    /** The representation with which a new realm is created. */
    public ObjectNode importable() {
        return importable.deepCopy();
    }

    /** What must be found in a realm that has been brought to the shipped configuration. */
    public ObjectNode state() {
        ObjectNode state = importable.deepCopy();
        state.withObjectProperty("attributes").remove(IMPORT_INSTRUCTION);
        return state;
    }
}
