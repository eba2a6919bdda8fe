package jp.sekisho.checkpoint.policy;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.password.RuleSet;
import jp.sekisho.policies.profile.Contact;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import org.keycloak.common.util.MultivaluedHashMap;

/** Reads a policy component: the shipped profile's document, with the realm's own changes laid over it. */
final class PolicyDocuments {

    static final String PROFILE = "profile";
    static final String CHANGES = "changes";
    static final String MODE = "mode";
    static final String CONTACT_NAME = "contact-name";
    static final String CONTACT_PHONE = "contact-phone";
    static final String CONTACT_HOURS = "contact-hours";

    static final String WEBHOOK_URL = WebhookSettings.URL;
    static final String WEBHOOK_SECRET = "webhook-secret";
    static final String WEBHOOK_PREVIOUS_SECRET = "webhook-previous-secret";

    static final List<String> PROFILES = List.of("jp-2025", "ffaj-2021");
    static final String ENFORCE = "enforce";
    static final String MONITOR = "monitor";

    /** All keys of the component. */
    static final Set<String> KEYS = Set.of(
            PROFILE,
            CHANGES,
            MODE,
            CONTACT_NAME,
            CONTACT_PHONE,
            CONTACT_HOURS,
            WEBHOOK_URL,
            WEBHOOK_SECRET,
            WEBHOOK_PREVIOUS_SECRET);

    private static final Pattern VAULT_REFERENCE = Pattern.compile("\\$\\{vault\\.[A-Za-z0-9_.-]{1,200}}");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // What is written must be what is meant: no "10" for 10, no 5.7 for 5, no 0 for the first word of an enum,
            // no null for 0.
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    private PolicyDocuments() {}

    /** @throws UnreadablePolicyException naming the key that is wrong */
    static RealmPolicy read(MultivaluedHashMap<String, String> config) {
        String profileId = value(config, PROFILE).orElse(PROFILES.get(0));
        if (!PROFILES.contains(profileId)) {
            throw new UnreadablePolicyException(PROFILE, "is none of " + PROFILES);
        }
        String mode = value(config, MODE).orElse(ENFORCE);
        if (!mode.equals(ENFORCE) && !mode.equals(MONITOR)) {
            throw new UnreadablePolicyException(MODE, "is neither " + ENFORCE + " nor " + MONITOR);
        }
        JsonNode document = shipped(profileId);
        Optional<String> changes = value(config, CHANGES);
        try {
            if (changes.isPresent()) {
                document = JSON.readerForUpdating(document).readTree(changes.get());
            }
            addRules(document);
            Profile profile = JSON.treeToValue(document, Profile.class);
            Contact contact = new Contact(
                    words(config, CONTACT_NAME), words(config, CONTACT_PHONE), words(config, CONTACT_HOURS));
            return new RealmPolicy(
                    profileId,
                    profile,
                    mode.equals(MONITOR),
                    contact,
                    webhook(config),
                    profileId + ":" + Sha256.hex(mode + '\n' + document).substring(0, 12));
        } catch (ValueInstantiationException refused) {
            throw new UnreadablePolicyException(CHANGES, refused.getCause().getMessage());
        } catch (JsonMappingException wrong) {
            throw new UnreadablePolicyException(CHANGES, path(wrong) + ": " + wrong.getOriginalMessage());
        } catch (JsonProcessingException notJson) {
            throw new UnreadablePolicyException(CHANGES, "is not JSON: " + notJson.getOriginalMessage());
        }
    }

    /**
     * Every key of the policy with its value, as it works: what a profile leaves out stands in its place.
     *
     * @throws UnreadablePolicyException naming the key that is wrong
     */
    static Map<String, String> keys(MultivaluedHashMap<String, String> config) {
        RealmPolicy policy = read(config);
        Profile profile = policy.profile();
        Map<String, String> keys = new TreeMap<>();
        flatten("", JSON.valueToTree(profile), keys);
        for (Operation operation : Operation.values()) {
            for (Level level : Level.values()) {
                String of = operation + "." + level;
                keys.put(
                        "requirements." + of,
                        profile.requirement(operation, level).name());
                keys.put(
                        "interim." + of,
                        profile.interimRequirement(operation, level).name());
            }
            keys.put("passkey." + operation, profile.passkeyRule(operation).name());
            if (operation.ofApps()) {
                keys.put("operations.mode." + operation, profile.operations().monitored(operation) ? MONITOR : ENFORCE);
            }
        }
        for (Notice notice : Notice.values()) {
            keys.put(
                    "notices.choices." + notice,
                    profile.notices().choice(notice).name());
        }
        keys.put(MODE, policy.monitor() ? MONITOR : ENFORCE);
        KEYS.stream()
                .filter(key -> !key.equals(PROFILE) && !key.equals(CHANGES) && !key.equals(MODE))
                .forEach(key -> value(config, key).ifPresent(value -> keys.put(key, value)));
        return keys;
    }

    private static void flatten(String path, JsonNode node, Map<String, String> keys) {
        if (node.isObject()) {
            node.properties()
                    .forEach(child -> flatten(
                            path.isEmpty() ? child.getKey() : path + '.' + child.getKey(), child.getValue(), keys));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                JsonNode element = node.get(i);
                keys.put(path + '.' + (element.isValueNode() ? element.asText() : i), text(element));
            }
        } else {
            keys.put(path, text(node));
        }
    }

    private static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    /** The contact point stands on every notice, and no notice carries a link (decision 10). */
    private static String words(MultivaluedHashMap<String, String> config, String key) {
        String words = value(config, key).orElse("");
        if (!Links.without(words).equals(words)) {
            throw new UnreadablePolicyException(key, "must not carry a link");
        }
        return words;
    }

    private static Optional<WebhookSettings> webhook(MultivaluedHashMap<String, String> config) {
        Optional<String> url = value(config, WEBHOOK_URL);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        URI target;
        try {
            target = new URI(url.get());
        } catch (URISyntaxException wrong) {
            throw new UnreadablePolicyException(WEBHOOK_URL, "is no URL");
        }
        if (!"https".equals(target.getScheme()) || target.getHost() == null || target.getUserInfo() != null) {
            throw new UnreadablePolicyException(WEBHOOK_URL, "must be https://host/... without user and password");
        }
        List<String> secrets = new ArrayList<>();
        secrets.add(vaultReference(config, WEBHOOK_SECRET)
                .orElseThrow(() -> new UnreadablePolicyException(WEBHOOK_SECRET, "is missing")));
        vaultReference(config, WEBHOOK_PREVIOUS_SECRET).ifPresent(secrets::add);
        return Optional.of(new WebhookSettings(target, secrets));
    }

    /** A secret itself would be in every export of the realm. */
    private static Optional<String> vaultReference(MultivaluedHashMap<String, String> config, String key) {
        Optional<String> reference = value(config, key);
        if (reference.isPresent() && !VAULT_REFERENCE.matcher(reference.get()).matches()) {
            throw new UnreadablePolicyException(
                    key, "must be a reference to an entry of the vault, not the secret itself");
        }
        return reference;
    }

    static JsonNode shipped(String profileId) {
        ObjectNode profile = document(Profile.class, profileId);
        profile.set("risk", JSON.valueToTree(RiskPolicy.standard()));
        profile.set("anomaly", JSON.valueToTree(AnomalyPolicy.standard()));
        return profile;
    }

    /** What the policy does not say of passwords itself comes from the rule set that it names. */
    private static void addRules(JsonNode policy) {
        if (policy.path("passwords") instanceof ObjectNode own) {
            String named = own.path("rules").asText();
            Stream.of(RuleSet.values())
                    .map(RuleSet::toString)
                    .filter(named::equals)
                    .forEach(rules -> document(RuleSet.class, rules)
                            .properties()
                            .forEach(rule -> own.putIfAbsent(rule.getKey(), rule.getValue())));
        }
    }

    private static ObjectNode document(Class<?> beside, String name) {
        try (InputStream document = beside.getResourceAsStream(name + ".json")) {
            return (ObjectNode) JSON.readTree(document);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Optional<String> value(MultivaluedHashMap<String, String> config, String key) {
        return Optional.ofNullable(config.getFirst(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String path(JsonMappingException wrong) {
        StringBuilder path = new StringBuilder();
        wrong.getPath()
                .forEach(reference -> path.append(path.isEmpty() ? "" : ".")
                        .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName()));
        return path.isEmpty() ? "as a whole" : path.toString();
    }
}
