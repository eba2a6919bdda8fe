package jp.sekisho.checkpoint.notice;

import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderFactory;

/** A channel's factory; its id is the channel's name in the outbox, at most 32 characters, for ever. */
public interface NoticeChannelFactory extends ProviderFactory<NoticeChannel> {

    /** Whether this realm uses the channel and the customer can be reached by it. Asked in the login: no look-ups. */
    boolean reaches(RealmModel realm, RealmPolicy policy, UserModel user);

    /** Whether this realm's desk is reached by the channel: then it gets what is for officers only, too. No look-ups. */
    default boolean reachesDesk(RealmModel realm, RealmPolicy policy) {
        return false;
    }

    /** How many messages a node sends at a time. */
    int concurrency();
}
