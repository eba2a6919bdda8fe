package jp.sekisho.authenticators.reset;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.identity.RecoveryRequest;
import jp.sekisho.policies.identity.OneTimeCode;
import jp.sekisho.policies.recovery.RecoveryMeans;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A request for a new passkey in one tab, and what was shown there for it. */
// JP25-3
final class ShownMeans {

    private static final String NUMBER = "sekisho.recovery.number";
    private static final String AT = "sekisho.recovery.at";
    private static final String SHOWN = "sekisho.recovery.shown";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AuthenticationSessionModel login;

    ShownMeans(AuthenticationSessionModel login) {
        this.login = login;
    }

    /** Nothing is shown yet. */
    void begin(Instant now) {
        login.setAuthNote(NUMBER, OneTimeCode.make(RANDOM).text());
        login.setAuthNote(AT, now.toString());
        login.removeAuthNote(SHOWN);
    }

    /** Somebody else is meant from now on in this tab, or something else is wanted. */
    void forget() {
        login.removeAuthNote(NUMBER);
        login.removeAuthNote(AT);
        login.removeAuthNote(SHOWN);
    }

    boolean begun() {
        return login.getAuthNote(NUMBER) != null;
    }

    RecoveryRequest request() {
        return new RecoveryRequest(new OneTimeCode(login.getAuthNote(NUMBER)), Instant.parse(login.getAuthNote(AT)));
    }

    /** @param customer whose they are: the tab may have become somebody else's while they were looked at */
    void add(String customer, RecoveryMeans means) {
        Set<RecoveryMeans> shown = by(customer);
        shown.add(means);
        String words = shown.stream().map(Enum::name).collect(Collectors.joining(" "));
        login.setAuthNote(SHOWN, customer + ' ' + words);
    }

    /** What this customer showed. */
    Set<RecoveryMeans> by(String customer) {
        return Optional.ofNullable(login.getAuthNote(SHOWN)).map(note -> note.split(" ")).stream()
                .filter(words -> words[0].equals(customer))
                .flatMap(words -> Arrays.stream(words).skip(1))
                .map(RecoveryMeans::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RecoveryMeans.class)));
    }
}
