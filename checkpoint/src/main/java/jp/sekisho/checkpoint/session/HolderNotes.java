package jp.sekisho.checkpoint.session;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.decision.Words;
import jp.sekisho.checkpoint.device.SessionDevice;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.session.Change;
import jp.sekisho.policies.session.Holder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Who began a session, as its notes keep it. */
final class HolderNotes {

    private static final String COUNTRY = "sekisho.began-country";
    private static final String USER_AGENT = "sekisho.began-user-agent";
    private static final String NETWORK = "sekisho.began-network";
    private static final String MOVED = "sekisho.moved";

    private static final Set<Change> OF_THE_HOLDER = EnumSet.of(Change.DEVICE, Change.COUNTRY, Change.USER_AGENT);

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
        // Who logs in again is looked at anew.
        login.setUserSessionNote(MOVED, "");
        login.setUserSessionNote(COUNTRY, text(holder.country()));
        login.setUserSessionNote(USER_AGENT, text(holder.userAgent()));
    }

    static void write(AuthenticatedClientSessionModel client, Field<UserAgent> userAgent) {
        client.setNote(USER_AGENT, text(family(userAgent)));
    }

    /** Somebody came with the session who is not as he was at the login; it went on, or stays for who logs in again. */
    static void moved(UserSessionModel session, Set<Change> changes) {
        Set<Change> all = moved(session);
        if (changes.stream().filter(OF_THE_HOLDER::contains).filter(all::add).count() > 0) {
            session.setNote(MOVED, all.stream().map(Change::name).collect(Collectors.joining(" ")));
        }
    }

    static Set<Change> moved(UserSessionModel session) {
        String names = Optional.ofNullable(session.getNote(MOVED)).orElse("");
        return OF_THE_HOLDER.stream()
                .filter(change -> List.of(names.split(" ")).contains(change.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Change.class)));
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

    /** Whether one of its apps fetched its tokens with what is seen now: then it is that app, and no other browser. */
    static boolean fetchedBy(UserSessionModel session, SessionSight sight) {
        String seen = text(family(sight.evidence().userAgent()));
        return session.getAuthenticatedClientSessions().values().stream()
                .anyMatch(client -> seen.equals(client.getNote(USER_AGENT)));
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
