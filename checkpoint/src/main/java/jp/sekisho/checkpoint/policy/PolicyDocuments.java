package jp.sekisho.checkpoint.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.profile.Contact;
import jp.sekisho.policies.profile.Profile;
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

    static final List<String> PROFILES = List.of("ffaj-2021");
    static final String ENFORCE = "enforce";
    static final String MONITOR = "monitor";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
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
            Profile profile = JSON.treeToValue(document, Profile.class);
            Contact contact = new Contact(
                    value(config, CONTACT_NAME).orElse(""),
                    value(config, CONTACT_PHONE).orElse(""),
                    value(config, CONTACT_HOURS).orElse(""));
            return new RealmPolicy(
                    profileId,
                    profile,
                    mode.equals(MONITOR),
                    contact,
                    profileId + ":" + digest(mode + '\n' + document).substring(0, 12));
        } catch (ValueInstantiationException refused) {
            throw new UnreadablePolicyException(CHANGES, refused.getCause().getMessage());
        } catch (JsonMappingException wrong) {
            throw new UnreadablePolicyException(CHANGES, path(wrong) + ": " + wrong.getOriginalMessage());
        } catch (JsonProcessingException notJson) {
            throw new UnreadablePolicyException(CHANGES, "is not JSON: " + notJson.getOriginalMessage());
        }
    }

    private static JsonNode shipped(String profileId) {
        try (InputStream document = Profile.class.getResourceAsStream(profileId + ".json")) {
            ObjectNode profile = (ObjectNode) JSON.readTree(document);
            profile.set("risk", JSON.valueToTree(RiskPolicy.standard()));
            return profile;
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
                .forEach(reference -> path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName()));
        return path.toString();
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
