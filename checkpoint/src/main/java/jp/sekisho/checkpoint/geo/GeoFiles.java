package jp.sekisho.checkpoint.geo;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.file.WatchedFile;
import jp.sekisho.policies.evidence.Field;

/**
 * Databases of one kind, asked in order until one knows.
 *
 * @param unlisted what is answered where none knows
 * @param known whether an answer says anything
 */
record GeoFiles<V>(List<WatchedFile<GeoDatabase<V>>> files, V unlisted, Predicate<V> known) {

    GeoFiles {
        files = List.copyOf(files);
    }

    /** Not collected where no database is configured, withheld where none that is can be used. */
    Field<V> find(InetAddress address) {
        boolean answered = false;
        for (WatchedFile<GeoDatabase<V>> file : files) {
            Optional<GeoDatabase<V>> database = file.inUse();
            if (database.isPresent()) {
                try {
                    Optional<V> found = database.get().find(address).filter(known);
                    if (found.isPresent()) {
                        return Field.of(found.get());
                    }
                    answered = true;
                } catch (IOException damaged) {
                    file.foundBroken(damaged);
                }
            }
        }
        if (files.isEmpty()) {
            return Field.notCollected();
        }
        return answered ? Field.of(unlisted) : Field.withheld();
    }

    /** When the databases in use were built. */
    Stream<Instant> builtAt() {
        return files.stream().flatMap(file -> file.inUse().stream()).map(GeoDatabase::builtAt);
    }
}
