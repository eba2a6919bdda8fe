package jp.sekisho.eventlisteners.notice.mail;

import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.NoticeChannelFactory;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Mail: on where the realm has a mail server. Whether the customer has an address, or another one stands for it, is found out
 * by the worker: one without any is told of nowhere, and that is counted.
 */
public final class MailChannelFactory implements NoticeChannelFactory {

    public static final String ID = "mail";

    private static final int CONCURRENCY = 8;

    @Override
    public boolean reaches(RealmModel realm, RealmPolicy policy, UserModel user) {
        return realm.getSmtpConfig().containsKey("host");
    }

    @Override
    public int concurrency() {
        return CONCURRENCY;
    }

    @Override
    public NoticeChannel create(KeycloakSession session) {
        return new MailChannel(session);
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    @Override
    public String getId() {
        return ID;
    }
}
