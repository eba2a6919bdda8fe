package jp.sekisho.storage.dossier;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.device.Devices.Sighting;

/**
 * What is on file when a customer arrives at the checkpoint.
 *
 * @param now the database's clock
 * @param counters all counters of the customer
 * @param sighting the device whose token came along, and the customer's trust in it
 * @param disownedDeviceAt when the customer said of that device that it was not him; empty where he did not
 * @param freezes that last
 * @param provisionalUntil until when the last of his provisional passkeys is, and was; empty where none ever was
 * @param toldOfLogins whether the customer wants to be told of each login; empty where he never chose
 */
public record Dossier(
        Instant now,
        List<Counter> counters,
        Optional<Sighting> sighting,
        Optional<Instant> disownedDeviceAt,
        List<Freeze> freezes,
        Optional<Instant> provisionalUntil,
        Optional<Boolean> toldOfLogins) {

    public Dossier {
        counters = List.copyOf(counters);
        freezes = List.copyOf(freezes);
    }

    /** Whether the operation is refused until officers thaw it. */
    public boolean frozen(Operation operation) {
        return freezes.stream().anyMatch(freeze -> freeze.covers(operation));
    }

    public Dossier withCounters(List<Counter> others) {
        return new Dossier(now, others, sighting, disownedDeviceAt, freezes, provisionalUntil, toldOfLogins);
    }
}
