package jp.sekisho.integrationtests.realm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import jp.sekisho.realmconfig.shipped.ShippedRealm;

/** The shipped realm for a server without the pack: the same flows, our steps replaced by stock ones. */
final class StockSteps {

    private static final Map<String, String> STOCK = Map.of(
            "sekisho-password-form", "auth-username-password-form",
            "sekisho-decide", "webauthn-authenticator",
            "sekisho-condition-factor", "conditional-user-configured",
            "sekisho-otp-form", "auth-otp-form",
            "sekisho-mail-code", "auth-recovery-authn-code-form",
            "sekisho-admit", "allow-access-authenticator");

    private StockSteps() {}

    static ShippedRealm of(ShippedRealm shipped) {
        ObjectNode realm = shipped.importable();
        realm.withObjectProperty("components").remove("jp.sekisho.policy");
        for (JsonNode flow : realm.path("authenticationFlows")) {
            for (JsonNode step : flow.path("authenticationExecutions")) {
                String stock = STOCK.get(step.path("authenticator").asText());
                if (stock != null) {
                    ((ObjectNode) step).put("authenticator", stock);
                }
            }
        }
        return ShippedRealm.of(realm);
    }
}
