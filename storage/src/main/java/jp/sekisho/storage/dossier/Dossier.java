package jp.sekisho.storage.dossier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.storage.device.Devices.Sighting;

/**
 * What is on file when a customer arrives at the checkpoint.
 *
 * @param now the database's clock
 * @param counters all counters of the customer
 * @param sighting the device whose token came along, and the customer's trust in it
 * @param provisionalUntil until when the last of his provisional passkeys is, and was; empty where none ever was
 * @param toldOfLogins whether the customer wants to be told of each login; empty where he never chose
 */
public record Dossier(
        Instant now,
        List<Counter> counters,
        Optional<Sighting> sighting,
        Optional<Instant> provisionalUntil,
        Optional<Boolean> toldOfLogins) {

    public Dossier {
        counters = List.copyOf(counters);
    }

    public Dossier withCounters(List<Counter> others) {
        return new Dossier(now, others, sighting, provisionalUntil, toldOfLogins);
    }
}
