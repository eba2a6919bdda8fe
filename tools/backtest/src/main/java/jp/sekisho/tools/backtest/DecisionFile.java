package jp.sekisho.tools.backtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Earlier;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;

/** Reads records of the evidence log, one a line, in any order. */
final class DecisionFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Reason> REASONS =
            Stream.of(Reason.values()).collect(Collectors.toMap(Reason::code, Function.identity()));

    private static final Map<String, Cause> CAUSES =
            Stream.of(Cause.values()).collect(Collectors.toMap(Cause::code, Function.identity()));

    /**
     * What the file tells.
     *
     * @param disowned ids of the decisions of which the customer said that it was not he
     */
    record Log(List<PastDecision> decisions, Set<String> disowned) {}

    private DecisionFile() {}

    /** Whether it is one, and no CSV. */
    static boolean is(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new InputException(file + ": no readable file");
        }
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return lines.read() == '{';
        } catch (IOException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
    }

    static Log read(Path file) {
        List<PastDecision> decisions = new ArrayList<>();
        Set<String> disowned = new HashSet<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    JsonNode row = parsed(line, number);
                    if (row.path("kind").asText().equals("DISOWNED")) {
                        disowned.add(row.path("decision").asText());
                    } else if (row.has("risk")) {
                        decisions.add(decision(row, number));
                    }
                }
            }
        } catch (IOException e) {
            throw new InputException(file + ": " + e.getMessage());
        }
        if (decisions.isEmpty()) {
            throw new InputException(file + ": records, but no decisions");
        }
        return new Log(decisions, disowned);
    }

    private static JsonNode parsed(String line, int number) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InputException("line " + number + ": no record of the evidence log: " + e.getOriginalMessage());
        }
    }

    private static PastDecision decision(JsonNode row, int number) {
        try {
            JsonNode risk = row.get("risk");
            List<Signal> signals = new ArrayList<>();
            risk.get("signals").forEach(signal -> signals.add(signal(signal)));
            return new PastDecision(
                    text(row, "id"),
                    Instant.parse(text(row, "at")),
                    text(row, "policyVersion").split(":", 2)[0],
                    text(row, "customer"),
                    Operation.valueOf(text(row, "operation")),
                    risk.get("score").doubleValue(),
                    Level.valueOf(text(risk, "level")),
                    List.copyOf(signals),
                    Outcome.valueOf(text(row, "outcome")),
                    row.path("wayOut").booleanValue(),
                    Optional.ofNullable(row.get("cause")).map(cause -> known(CAUSES, cause.textValue())),
                    Optional.ofNullable(row.get("holdUntil")).map(until -> Instant.parse(until.textValue())),
                    Likeness.valueOf(row.path("likeness").asText(Likeness.USUAL.name())),
                    row.path("windowOpen").booleanValue(),
                    Say.valueOf(row.path("own").asText(Say.NOTHING.name())),
                    row.has("earlier") ? earlier(row.get("earlier")) : Earlier.NOTHING,
                    row.get("enforced").booleanValue());
        } catch (RuntimeException e) {
            throw new InputException("line " + number + ": no decision of this version: " + e.getMessage());
        }
    }

    private static Earlier earlier(JsonNode earlier) {
        return new Earlier(Level.valueOf(text(earlier, "level")), Requirement.valueOf(text(earlier, "requirement")));
    }

    private static Signal signal(JsonNode signal) {
        return new Signal(
                known(REASONS, text(signal, "reason")),
                Signal.Block.valueOf(text(signal, "block")),
                signal.get("nats").doubleValue());
    }

    private static String text(JsonNode node, String name) {
        return Optional.ofNullable(node.get(name))
                .map(JsonNode::textValue)
                .orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private static <T> T known(Map<String, T> words, String word) {
        return Optional.ofNullable(words.get(word))
                .orElseThrow(() -> new IllegalArgumentException(word + " is unknown"));
    }
}
