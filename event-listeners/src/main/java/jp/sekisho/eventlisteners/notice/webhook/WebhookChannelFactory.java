package jp.sekisho.eventlisteners.notice.webhook;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.NoticeChannelFactory;
import jp.sekisho.checkpoint.policy.PolicyProposed;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.apache.http.impl.conn.SystemDefaultDnsResolver;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.provider.ProviderEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhook: on where the realm's policy names a URL. Which hosts may be called is the server's to say. */
public final class WebhookChannelFactory implements NoticeChannelFactory {

    public static final String ID = "webhook";

    private static final Logger LOG = LoggerFactory.getLogger(WebhookChannelFactory.class);
    private static final int CONCURRENCY = 16;

    private AllowedHosts hosts;
    private WebhookClient client;

    @Override
    public void init(Config.Scope config) {
        hosts = AllowedHosts.of(
                config.get(AllowedHosts.ALLOWED, ""),
                config.get(AllowedHosts.INTERNAL, ""),
                SystemDefaultDnsResolver.INSTANCE);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        try {
            // Keycloak has made its truststore (truststore-paths) the default of the virtual machine.
            client = new WebhookClient(hosts, SSLContext.getDefault(), CONCURRENCY);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
        factory.register(this::hear);
    }

    private void hear(ProviderEvent event) {
        if (event instanceof PolicyProposed proposed) {
            proposed.policy().webhook().ifPresent(hosts::check);
        }
    }

    @Override
    public boolean reaches(RealmModel realm, RealmPolicy policy, UserModel user) {
        return policy.webhook().isPresent();
    }

    @Override
    public boolean reachesDesk(RealmModel realm, RealmPolicy policy) {
        return policy.webhook().isPresent();
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public NoticeChannel create(KeycloakSession session) {
        return new WebhookChannel(session, client, Clock.systemUTC());
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(AllowedHosts.ALLOWED)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Hosts that realms may name in webhook-url, separated by commas. None: no webhook is called.")
                .add()
                .property()
                .name(AllowedHosts.INTERNAL)
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Those of them that may have private addresses.")
                .add()
                .build();
    }

    @Override
    public void close() {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException stubborn) {
            LOG.debug("webhook client", stubborn);
        }
    }

    @Override
    public String getId() {
        return ID;
    }
}
