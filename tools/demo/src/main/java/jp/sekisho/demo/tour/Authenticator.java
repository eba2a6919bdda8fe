package jp.sekisho.demo.tour;

import java.time.Clock;
import jp.sekisho.demo.Customer;
import org.keycloak.models.utils.Base32;
import org.keycloak.models.utils.HmacOTP;

/** The customer's authenticator app (RFC 6238). */
public final class Authenticator {

    private static final int DIGITS = 6;
    private static final int PERIOD_SECONDS = 30;

    private final byte[] secret;
    private final Clock clock;

    public Authenticator(Customer customer, Clock clock) {
        secret = Base32.decode(customer.totpKey());
        this.clock = clock;
    }

    /** The code of this moment. */
    public String code() {
        return code(0);
    }

    /** The code of a moment so many periods ahead: each code is good once only. */
    public String code(int periodsAhead) {
        int period = Math.toIntExact(clock.instant().getEpochSecond() / PERIOD_SECONDS) + periodsAhead;
        return new HmacOTP(DIGITS, HmacOTP.HMAC_SHA1, 0).generateHOTP(secret, period);
    }
}
