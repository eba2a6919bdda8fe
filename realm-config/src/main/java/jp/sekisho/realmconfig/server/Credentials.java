package jp.sekisho.realmconfig.server;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who changes the realm: an administrator or a service account of the realm {@code master}. */
public sealed interface Credentials {

    /** Form fields of the token request. */
    Map<String, String> grant();

    /** An administrator with a password, through Keycloak's own command line client. */
    record Administrator(String user, String password) implements Credentials {
        @Override
        public Map<String, String> grant() {
            var form = new LinkedHashMap<String, String>();
            form.put("grant_type", "password");
            form.put("client_id", "admin-cli");
            form.put("username", user);
            form.put("password", password);
            return form;
        }

        @Override
        public String toString() {
            return "Administrator[" + user + "]";
        }
    }

    /** A confidential client with a service account. */
    record ServiceAccount(String clientId, String secret) implements Credentials {
        @Override
        public Map<String, String> grant() {
            var form = new LinkedHashMap<String, String>();
            form.put("grant_type", "client_credentials");
            form.put("client_id", clientId);
            form.put("client_secret", secret);
            return form;
        }

        @Override
        public String toString() {
            return "ServiceAccount[" + clientId + "]";
        }
    }
}
