package jp.sekisho.authenticators.reset;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.lock.Tries;
import jp.sekisho.policies.evidence.ClientAddress;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Codes of letters that are typed without a login: each has few tries, and they are not one stranger's to use up. */
// JP25-1, JP25-8
final class LetterTries {

    /** From one source, over all customers. */
    private static final int TRIES = 3;

    private static final Duration WINDOW = Duration.ofHours(1);

    private final ClientAddresses addresses;

    LetterTries(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /**
     * Counts a try, and looks at the code only where the source has one left. A right one is given back.
     *
     * @return whether the code was right
     */
    boolean right(KeycloakSession session, RealmModel realm, BooleanSupplier redeem) {
        Tries tries = Tries.of(session, realm, "letter", WINDOW);
        String source =
                addresses.of(session).present().map(ClientAddress::source).orElse(Tries.NOWHERE);
        int tried = tries.count(source);
        boolean right = tried > 0 && tried <= TRIES && redeem.getAsBoolean();
        if (right) {
            tries.giveBack(source);
        }
        return right;
    }
}
