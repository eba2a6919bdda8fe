package jp.sekisho.checkpoint.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.mynumber.IndividualNumber;

/**
 * What an identity provider says that it verified, in the claim {@code verified_claims} of OpenID Connect for Identity
 * Assurance 1.0. Of the claims themselves nothing is taken.
 *
 * @param trustFramework by which rules, such as {@code jp_aml}
 * @param reference of the provider's own: a check's transaction, else the verification process
 * @param digest SHA-256 of the element {@code verification}, with its keys sorted
 * @param verifiedAt when; what does not say when could be of any age, and is left out
 */
// FFAJ-1.1-S1
public record VerifiedClaims(String trustFramework, String reference, String digest, Instant verifiedAt) {

    private static final int LONGEST_REFERENCE = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param claim one object, or an array of them
     * @return those that are complete; a My Number is no reference
     */
    public static List<VerifiedClaims> in(JsonNode claim) {
        Stream<JsonNode> all = claim.isArray() ? StreamSupport.stream(claim.spliterator(), false) : Stream.of(claim);
        return all.map(element -> element.path("verification"))
                .flatMap(verification -> read(verification).stream())
                .toList();
    }

    private static Optional<VerifiedClaims> read(JsonNode verification) {
        String framework = verification.path("trust_framework").asText();
        Optional<String> reference = reference(verification);
        Optional<Instant> at = instant(verification.path("time").asText());
        if (framework.isBlank() || verification.path("evidence").isEmpty() || reference.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> content = JSON.convertValue(verification, new TypeReference<>() {});
        return Optional.of(
                new VerifiedClaims(framework, reference.get(), Sha256.hex(RecordJson.write(content)), at.get()));
    }

    private static Optional<String> reference(JsonNode verification) {
        Stream<JsonNode> transactions = StreamSupport.stream(
                        verification.path("evidence").spliterator(), false)
                .flatMap(evidence ->
                        StreamSupport.stream(evidence.path("check_details").spliterator(), false))
                .map(check -> check.path("txn"));
        return Stream.concat(transactions, Stream.of(verification.path("verification_process")))
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_REFERENCE && !IndividualNumber.in(text))
                .findFirst();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
