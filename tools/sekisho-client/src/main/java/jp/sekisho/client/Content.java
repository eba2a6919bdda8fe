package jp.sekisho.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * What the customer confirms and the app redeems, as this app understands it: canonical JSON (RFC 8785) of what it is about to do.
 *
 * @param issuer of the realm's tokens
 * @param client this app's client
 */
record Content(String operation, String issuer, String client, Proposal proposal) {

    /** SHA-256, hexadecimal. */
    String digest() {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("operation", operation)
                .put("issuer", issuer)
                .put("client", client)
                .put("subject", proposal.customer().subject())
                .put("type", proposal.details().type())
                .put("occurredAt", proposal.occurredAt().toString());
        content.set("details", proposal.details().json());
        try {
            String canonical = new JsonCanonicalizer(content.toString()).getEncodedString();
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
