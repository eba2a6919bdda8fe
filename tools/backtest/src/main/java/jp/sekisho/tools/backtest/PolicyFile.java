package jp.sekisho.tools.backtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.anomaly.AnomalyPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.RiskPolicy.Cuts;

/** What a realm changes of its profile, as the policy component has it: of that, what {@link Thresholds} are made of. */
final class PolicyFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Where a cut stands, and what of a policy weighs: for this, logs do not say enough. */
    private static final List<String> READ = List.of("requirements", "risk", "anomaly");

    private final JsonNode changes;
    private final Map<String, Thresholds> known = new HashMap<>();

    private PolicyFile(JsonNode changes) {
        this.changes = changes;
    }

    static PolicyFile unchanged() {
        return new PolicyFile(JSON.createObjectNode());
    }

    static PolicyFile read(Path file) {
        JsonNode changes;
        try {
            changes = JSON.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
        changes.fieldNames().forEachRemaining(name -> {
            if (!READ.contains(name)) {
                throw new InputException(
                        file + ": " + name + " cannot be tried on a log, only " + String.join(", ", READ));
            }
        });
        for (String numbers : List.of("risk", "anomaly")) {
            changes.path(numbers).fieldNames().forEachRemaining(name -> {
                if (!name.equals("cuts")) {
                    throw new InputException(file + ": " + numbers + "." + name
                            + " cannot be tried on a log: it says what weighed how much, and not what else would");
                }
            });
        }
        return new PolicyFile(changes);
    }

    /** Laid over the profile by which something was decided. */
    Thresholds over(String profile) {
        return known.computeIfAbsent(profile, name -> {
            JsonNode document = laidOver(document(name));
            try {
                return new Thresholds(
                        cuts(document.at("/risk/cuts"), RiskPolicy.standard().cuts()),
                        cuts(
                                document.at("/anomaly/cuts"),
                                AnomalyPolicy.standard().cuts()),
                        requirements(document.path("requirements")));
            } catch (IllegalArgumentException e) {
                throw new InputException("policy: " + e.getMessage());
            }
        });
    }

    private static ObjectNode document(String profile) {
        try (InputStream shipped = Profile.class.getResourceAsStream(profile + ".json")) {
            return (ObjectNode) JSON.readTree(Optional.ofNullable(shipped)
                    .orElseThrow(() -> new InputException(profile + ": no profile of this version")));
        } catch (IOException e) {
            throw new InputException(profile + ": " + e.getMessage());
        }
    }

    private JsonNode laidOver(ObjectNode document) {
        try {
            return JSON.readerForUpdating(document).readValue(changes);
        } catch (IOException e) {
            throw new InputException("policy: " + e.getMessage());
        }
    }

    private static Cuts cuts(JsonNode node, Cuts standard) {
        return new Cuts(
                node.path("medium").asDouble(standard.medium()),
                node.path("high").asDouble(standard.high()));
    }

    private static Map<Operation, Map<Level, Requirement>> requirements(JsonNode node) {
        Map<Operation, Map<Level, Requirement>> requirements = new EnumMap<>(Operation.class);
        node.properties().forEach(operation -> {
            Map<Level, Requirement> levels = new EnumMap<>(Level.class);
            operation
                    .getValue()
                    .properties()
                    .forEach(level -> levels.put(
                            Level.valueOf(level.getKey()),
                            Requirement.valueOf(level.getValue().asText())));
            requirements.put(Operation.valueOf(operation.getKey()), levels);
        });
        return requirements;
    }
}
