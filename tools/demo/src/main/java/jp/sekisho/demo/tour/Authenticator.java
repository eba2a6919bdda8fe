package jp.sekisho.demo.tour;

import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import jp.sekisho.demo.Customer;
import org.keycloak.models.utils.Base32;
import org.keycloak.models.utils.HmacOTP;

/** The customer's authenticator app (RFC 6238). */
public final class Authenticator {

    private static final int DIGITS = 6;
    private static final int PERIOD_SECONDS = 30;

    private final byte[] secret;
    private final Clock clock;
    private final Set<Integer> used = new HashSet<>();

    public Authenticator(Customer customer, Clock clock) {
        secret = Base32.decode(customer.totpKey());
        this.clock = clock;
    }

    /** The code of this moment. */
    public String code() {
        return code(0);
    }

    /** A code that this did not give before: of this moment, or of the next, which is taken for a clock that runs ahead. */
    public String unused() throws InterruptedException {
        while (true) {
            for (int ahead = 0; ahead <= 1; ahead++) {
                if (used.add(period() + ahead)) {
                    return code(ahead);
                }
            }
            Thread.sleep(500);
        }
    }

    /** The code of a moment so many periods ahead: each code is good once only. */
    public String code(int periodsAhead) {
        return new HmacOTP(DIGITS, HmacOTP.HMAC_SHA1, 0).generateHOTP(secret, period() + periodsAhead);
    }

    private int period() {
        return Math.toIntExact(clock.instant().getEpochSecond() / PERIOD_SECONDS);
    }
}
