package jp.sekisho.eventlisteners.mail;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.JSSETruststoreConfigurator;

/**
 * The setups in use on this node, by configuration: to make one, the mail library looks for its providers on the class path
 * and Java reads the trusted certificates, which is dearer than a mail.
 */
final class SmtpSetups {

    private static final int MOST = 100;

    private final Map<Map<String, String>, SmtpSetup> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Map<String, String>, SmtpSetup> eldest) {
            return size() > MOST;
        }
    };

    private final Function<KeycloakSession, JSSETruststoreConfigurator> truststores;

    /** @param truststores the certificates the server trusts */
    SmtpSetups(Function<KeycloakSession, JSSETruststoreConfigurator> truststores) {
        this.truststores = truststores;
    }

    synchronized SmtpSetup of(KeycloakSession session, Map<String, String> config) throws EmailException {
        SmtpSetup setup = known.get(config);
        if (setup == null) {
            setup = SmtpSetup.of(config, () -> truststores.apply(session));
            known.put(new HashMap<>(config), setup);
        }
        return setup;
    }
}
