package jp.sekisho.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an app asks the customer's confirmation for, and what it checks of the token that comes back. Signature, expiry and nonce
 * are the OpenID Connect library's to check, before.
 *
 * @param issuer of the realm's tokens
 * @param clientId that the customer is logged in to
 * @param subject the customer for whom the app asked
 * @param operation the server's id
 * @param digest of what the app is about to do, made by the app
 * @param asked when the customer was sent to confirm
 */
// JP25-11
public record Confirmation(
        String issuer, String clientId, String subject, String operation, String digest, Instant asked) {

    public static final String ACR = "urn:sekisho:acr:operation";

    private static final Duration SKEW = Duration.ofSeconds(30);

    /** What can be wrong with a token. */
    public enum Rule {
        /** Another realm's. */
        ISSUER,
        /** Made for another app. */
        AUDIENCE,
        /** Another customer's. */
        SUBJECT,
        /** It confirms another operation, or none. */
        OPERATION,
        /** The customer saw something else than the app is about to do. */
        DIGEST,
        /** A login, not a confirmation. */
        LEVEL,
        /** From before the customer was asked. */
        FRESH
    }

    /**
     * Of an ID token whose signature, expiry and nonce are right. A claim that is not there is null or empty.
     *
     * @param authTime of the claim {@code auth_time}
     */
    public record Token(
            String issuer,
            List<String> audience,
            String subject,
            String operation,
            String digest,
            String acr,
            Instant authTime) {}

    /** Besides those of every authorization request. To be pushed (RFC 9126): what passes through a browser can be changed there. */
    public Map<String, String> parameters() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.putObject("id_token")
                .putObject("acr")
                .put("essential", true)
                .putArray("values")
                .add(ACR);
        String details = JsonNodeFactory.instance
                .arrayNode()
                .add(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "sekisho_operation")
                        .put("operation", operation))
                .toString();
        return Map.of("claims", claims.toString(), "authorization_details", details);
    }

    /** @throws UnconfirmedException for a token that does not fit: nothing may be redeemed */
    public void check(Token token) {
        Set<Rule> broken = broken(token);
        if (!broken.isEmpty()) {
            throw new UnconfirmedException(broken);
        }
    }

    /** The rules that a token breaks. */
    public Set<Rule> broken(Token token) {
        Set<Rule> broken = EnumSet.noneOf(Rule.class);
        for (Rule rule : Rule.values()) {
            if (!holds(rule, token)) {
                broken.add(rule);
            }
        }
        return broken;
    }

    private boolean holds(Rule rule, Token token) {
        return switch (rule) {
            case ISSUER -> sameIssuer(token);
            case AUDIENCE -> madeForThisApp(token);
            case SUBJECT -> sameCustomer(token);
            case OPERATION -> sameOperation(token);
            case DIGEST -> sameContent(token);
            case LEVEL -> confirmed(token);
            case FRESH -> afterItWasAsked(token);
        };
    }

    private boolean sameIssuer(Token token) {
        return issuer.equals(token.issuer());
    }

    private boolean madeForThisApp(Token token) {
        return List.of(clientId).equals(token.audience());
    }

    private boolean sameCustomer(Token token) {
        return subject.equals(token.subject());
    }

    private boolean sameOperation(Token token) {
        return operation.equals(token.operation());
    }

    private boolean sameContent(Token token) {
        return digest.equals(token.digest());
    }

    private boolean confirmed(Token token) {
        return ACR.equals(token.acr());
    }

    private boolean afterItWasAsked(Token token) {
        return Objects.nonNull(token.authTime()) && !token.authTime().isBefore(asked.minus(SKEW));
    }
}
