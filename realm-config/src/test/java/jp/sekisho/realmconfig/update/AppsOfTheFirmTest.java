package jp.sekisho.realmconfig.update;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class AppsOfTheFirmTest {

    private static final String SHIPPED = """
            {"clients": [
               {"clientId": "trading-app", "defaultClientScopes": ["basic", "operation"]},
               {"clientId": "trading-backend", "clientAuthenticatorType": "client-jwt",
                "attributes": {"sekisho.operations": "TRADE", "sekisho.front-ends": "trading-app", "use.jwks.url": "true", "jwks.url": "/k", "kept": "true"}}],
             "users": [{"username": "service-account-trading-backend", "enabled": true}]}""";

    @Test
    void aNewRealmGetsTheAppsServerAsShipped() throws JsonProcessingException {
        ObjectNode wanted = json(SHIPPED);
        AppsOfTheFirm.of(json("{\"clients\": [{\"clientId\": \"account\", \"standardFlowEnabled\": true}]}"))
                .keep(wanted);
        assertThat(wanted.path("clients")).isEqualTo(json(SHIPPED).path("clients"));
    }

    @Test
    void whatTheFirmDecidedOfItsServerIsNoDifference() throws JsonProcessingException {
        ObjectNode wanted = json(SHIPPED);
        AppsOfTheFirm.of(json("{\"clients\": [{\"clientId\": \"trading-backend\"}]}"))
                .keep(wanted);
        JsonNode backend = wanted.path("clients").path(1);
        assertThat(backend.has("clientAuthenticatorType")).isFalse();
        assertThat(backend.path("attributes")).isEqualTo(json("{\"kept\": \"true\"}"));
        assertThat(wanted.path("users").path(0).has("enabled")).isFalse();
    }

    @Test
    void whoeverConfirmsAtAClientSeesWhatHeConfirmed() throws JsonProcessingException {
        ObjectNode wanted = json(SHIPPED);
        AppsOfTheFirm.of(json("""
                {"clients": [
                   {"clientId": "trading-app", "standardFlowEnabled": true},
                   {"clientId": "page", "standardFlowEnabled": true},
                   {"clientId": "whole", "standardFlowEnabled": true, "attributes": {"sekisho.operations": "TRADE"}},
                   {"clientId": "other", "standardFlowEnabled": true},
                   {"clientId": "server", "standardFlowEnabled": false,
                    "attributes": {"sekisho.operations": "TRADE", "sekisho.front-ends": " trading-app page  gone"}},
                   {"clientId": "idle", "standardFlowEnabled": false, "attributes": {"sekisho.front-ends": "other"}}]}""")).keep(wanted);
        assertThat(wanted.path("clients"))
                .extracting(client -> client.path("clientId").asText())
                .containsExactly("trading-app", "trading-backend", "whole", "page");
        assertThat(wanted.path("clients").path(3))
                .isEqualTo(json("{\"clientId\": \"page\", \"defaultClientScopes\": [\"operation\"]}"));
    }

    private static ObjectNode json(String text) throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(text);
    }
}
