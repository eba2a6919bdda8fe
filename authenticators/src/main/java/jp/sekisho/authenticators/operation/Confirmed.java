package jp.sekisho.authenticators.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.factor.Factor;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Which operation was confirmed in which request, from there to the token that comes of it. A session of an app has many
 * requests, at once in two tabs too; the nonce, which goes with the code, tells them apart.
 *
 * @param amr RFC 8176 values of what was shown for it
 */
record Confirmed(String id, List<String> amr) {

    private static final String NOTE = "sekisho.confirmed.";

    static void keep(AuthenticationSessionModel login, RequestedOperation asked, List<Factor> factors) {
        String amr = factors.stream().map(Factor::amr).distinct().sorted().collect(Collectors.joining(" "));
        login.setClientNote(key(asked.nonce()), asked.id() + ' ' + amr);
    }

    /** Once. */
    static Optional<Confirmed> take(AuthenticatedClientSessionModel clientSession, String nonce) {
        String key = key(nonce);
        Optional<Confirmed> confirmed = Optional.ofNullable(clientSession.getNote(key))
                .map(note -> note.split(" "))
                .map(words -> new Confirmed(words[0], List.of(words).subList(1, words.length)));
        confirmed.ifPresent(taken -> clientSession.removeNote(key));
        return confirmed;
    }

    private static String key(String nonce) {
        return NOTE + Sha256.hex(nonce);
    }
}
