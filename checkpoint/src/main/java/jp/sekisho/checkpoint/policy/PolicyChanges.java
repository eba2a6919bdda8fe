package jp.sekisho.checkpoint.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.lowering.Lowering;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A realm's policy as it is changed. One that is lower than the one in force is saved only when two officers want it. */
// JP25-10
public final class PolicyChanges {

    private static final String APPROVED = PolicyChanges.class.getName();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;

    private PolicyChanges(KeycloakSession session, RealmModel realm, ComponentModel component) {
        this.session = session;
        this.realm = realm;
        this.component = component;
    }

    /** Of a realm that has a policy. */
    public static PolicyChanges of(KeycloakSession session, RealmModel realm) {
        return new PolicyChanges(session, realm, RealmPolicies.component(realm).orElseThrow());
    }

    /** Recognises the policy in force. */
    public String digest() {
        return digest(component.getConfig());
    }

    /** The keys that would be lower with this component's configuration. @throws UnreadablePolicyException */
    public SortedSet<String> lowered(Map<String, String> config) {
        MultivaluedHashMap<String, String> wanted = multivalued(config);
        session.getKeycloakSessionFactory().publish(new PolicyProposed(PolicyDocuments.read(wanted)));
        return lowered(component, wanted);
    }

    /** Saves what two officers want, instead of the whole configuration. */
    public void approved(Map<String, String> config) {
        ComponentModel changed = new ComponentModel(component);
        changed.setConfig(multivalued(config));
        session.setAttribute(APPROVED, digest(changed.getConfig()));
        try {
            realm.updateComponent(changed);
        } finally {
            session.removeAttribute(APPROVED);
        }
    }

    static boolean isApproved(KeycloakSession session, MultivaluedHashMap<String, String> config) {
        return Optional.ofNullable(session.getAttribute(APPROVED, String.class))
                .filter(digest(config)::equals)
                .isPresent();
    }

    /** @throws UnreadablePolicyException where the wanted one cannot be read */
    static SortedSet<String> lowered(ComponentModel before, MultivaluedHashMap<String, String> wanted) {
        return Lowering.lowered(inForce(before), PolicyDocuments.keys(wanted));
    }

    /** Where it cannot be read, the shipped profile is what other nodes fall back to. */
    private static Map<String, String> inForce(ComponentModel before) {
        try {
            return PolicyDocuments.keys(before.getConfig());
        } catch (UnreadablePolicyException unreadable) {
            return PolicyDocuments.keys(new MultivaluedHashMap<>());
        }
    }

    private static MultivaluedHashMap<String, String> multivalued(Map<String, String> config) {
        MultivaluedHashMap<String, String> values = new MultivaluedHashMap<>();
        config.forEach((key, value) -> {
            if (!PolicyDocuments.KEYS.contains(key)) {
                throw new UnreadablePolicyException(key, "is no key");
            }
            values.putSingle(key, value);
        });
        return values;
    }

    private static String digest(MultivaluedHashMap<String, String> config) {
        SortedMap<String, List<String>> ordered = new TreeMap<>(config);
        return Sha256.hex(ordered.toString());
    }

    /** As an administrator reads it. */
    static String refusal(SortedSet<String> lowered) {
        return "sekisho-policy: lower than the policy in force: " + String.join(", ", new TreeSet<>(lowered))
                + ". One officer proposes this (POST sekisho/policy/proposals), another one approves it.";
    }
}
