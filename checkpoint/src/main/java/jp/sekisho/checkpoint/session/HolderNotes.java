package jp.sekisho.checkpoint.session;

import java.util.Optional;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.decision.Words;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.session.Holder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Who began a session, as its notes keep it. */
final class HolderNotes {

    private static final String COUNTRY = "sekisho.began-country";
    private static final String USER_AGENT = "sekisho.began-user-agent";
    private static final String NETWORK = "sekisho.began-network";

    private static final String WITHHELD = "-";
    private static final String NOT_COLLECTED = "";
    private static final String PRESENT = "=";

    private HolderNotes() {}

    static Holder of(SessionSight sight) {
        return new Holder(
                device(sight),
                sight.evidence().place().map(Place::country),
                family(sight.evidence().userAgent()));
    }

    private static Field<String> family(Field<UserAgent> userAgent) {
        return userAgent.map(Words::device);
    }

    /** A token that was replaced, or whose family ended, is as good as none. */
    private static Field<String> device(SessionSight sight) {
        return sight.evidence()
                .device()
                .flatMap(seen -> sight.deviceId()
                        .filter(id -> seen.recognition() != Recognition.REUSED)
                        .map(Field::of)
                        .orElseGet(Field::withheld));
    }

    static void write(AuthenticationSessionModel login, SessionSight sight, String deviceId) {
        Holder holder = of(sight);
        SessionDevice.note(login, deviceId);
        login.setUserSessionNote(NETWORK, text(network(sight)));
        login.setUserSessionNote(COUNTRY, text(holder.country()));
        login.setUserSessionNote(USER_AGENT, text(holder.userAgent()));
    }

    static void write(AuthenticatedClientSessionModel client, Field<UserAgent> userAgent) {
        client.setNote(USER_AGENT, text(family(userAgent)));
    }

    /** Where either is not known, it is not said to be another one. */
    static boolean inAnotherNetwork(UserSessionModel session, SessionSight sight) {
        Optional<String> began = field(session.getNote(NETWORK)).present();
        Optional<String> now = network(sight).present();
        return began.isPresent() && now.isPresent() && !began.equals(now);
    }

    private static Field<String> network(SessionSight sight) {
        return sight.evidence().network().map(network -> Long.toString(network.asn()));
    }

    static Optional<Holder> read(UserSessionModel session) {
        return SessionDevice.of(session)
                .map(device -> new Holder(
                        Field.of(device), field(session.getNote(COUNTRY)), field(session.getNote(USER_AGENT))));
    }

    /** The same customer, with the app's own software; one that fetched its tokens elsewhere says nothing of it. */
    static Holder fetchedBy(Holder began, AuthenticatedClientSessionModel client) {
        String own = client.getNote(USER_AGENT);
        return new Holder(began.device(), began.country(), own == null ? Field.notCollected() : field(own));
    }

    private static String text(Field<String> field) {
        if (field instanceof Field.Present<String> present) {
            return PRESENT + present.value();
        }
        return field instanceof Field.Withheld<String> ? WITHHELD : NOT_COLLECTED;
    }

    private static Field<String> field(String text) {
        if (text != null && text.startsWith(PRESENT)) {
            return Field.of(text.substring(PRESENT.length()));
        }
        return WITHHELD.equals(text) ? Field.withheld() : Field.notCollected();
    }
}
