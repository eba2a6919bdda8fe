package jp.sekisho.policies.session;

import java.util.EnumSet;
import java.util.Set;
import jp.sekisho.policies.evidence.Field;

/**
 * Who holds a session, as far as a request tells.
 *
 * @param device the family of the browser's device token; withheld also where the token is no good any more
 * @param country ISO 3166-1 alpha-2 of the network's place
 * @param userAgent the browser's family and its system; versions change within a session
 */
public record Holder(Field<String> device, Field<String> country, Field<String> userAgent) {

    /** What is other than it was at the beginning. */
    public Set<Change> changesSince(Holder began) {
        Set<Change> changes = EnumSet.noneOf(Change.class);
        if (changed(began.device, device)) {
            changes.add(Change.DEVICE);
        }
        if (changed(began.country, country)) {
            changes.add(Change.COUNTRY);
        }
        if (changed(began.userAgent, userAgent)) {
            changes.add(Change.USER_AGENT);
        }
        return changes;
    }

    /** Withheld is another value; what the channel cannot have says nothing. */
    private static boolean changed(Field<String> began, Field<String> now) {
        boolean comparable = !(began instanceof Field.NotCollected) && !(now instanceof Field.NotCollected);
        return comparable && !began.equals(now);
    }
}
