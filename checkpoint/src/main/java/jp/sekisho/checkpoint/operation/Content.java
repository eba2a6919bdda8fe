package jp.sekisho.checkpoint.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What a customer confirms and an app redeems: canonical JSON (RFC 8785). An app makes the same text of what it is about to do,
 * and so the same digest.
 *
 * @param operation id of the operation
 * @param issuer of the realm's tokens
 * @param client the app that asked
 * @param subject the customer's id, as tokens have it
 * @param occurredAt as the app said it
 * @param details as the app sent them
 */
public record Content(
        String operation,
        String issuer,
        String client,
        String subject,
        Operation type,
        String occurredAt,
        JsonNode details) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The text that is stored and signed. */
    public String canonical() {
        ObjectNode object = JSON.createObjectNode()
                .put("operation", operation)
                .put("issuer", issuer)
                .put("client", client)
                .put("subject", subject)
                .put("type", type.name())
                .put("occurredAt", occurredAt);
        object.set("details", details);
        return canonical(object);
    }

    /** SHA-256 of a canonical text, hexadecimal. */
    public static String digest(String canonical) {
        return Sha256.hex(canonical);
    }

    static String canonical(JsonNode node) {
        try {
            return new JsonCanonicalizer(node.toString()).getEncodedString();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the text is of the row that has it, and not only its digest: columns are read by what decides. */
    static boolean isOf(String canonical, StoredOperation operation) {
        JsonNode said = read(canonical);
        Details details = DetailsJson.read(said.path("details"));
        return operation.id().equals(said.path("operation").textValue())
                && operation.asked().clientId().equals(said.path("client").textValue())
                && operation.whose().userId().equals(said.path("subject").textValue())
                && operation.what().type().name().equals(said.path("type").textValue())
                && operation.what().wayOut() == Proposal.wayOut(operation.what().type(), details)
                && operation.what().sums().equals(Sums.of(details));
    }

    /** What the text of a row says it is about. */
    public static Details details(String canonical) {
        return DetailsJson.read(read(canonical).path("details"));
    }

    private static JsonNode read(String canonical) {
        try {
            return JSON.readTree(canonical);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("not the content of an operation", foreign);
        }
    }
}
