package jp.sekisho.storage.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.secrecy.SealedValues.Sealed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SealedValuesTest {

    private static final SealedColumn COLUMN = SealedColumn.IDENTITY_REFERENCE;

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    /** The list names what is there. */
    @ParameterizedTest
    @EnumSource(SealedColumn.class)
    void everyColumnOfTheListExists(SealedColumn column) {
        assertThat(database.<Long>call(em -> new SealedValues(em).countNotUnder(column, "k")))
                .isZero();
    }

    @Test
    void rotationFindsWhatIsUnderAnotherKeyInBatches() {
        add("1", Optional.of("old:a"));
        add("2", Optional.of("new:b"));
        add("3", Optional.of("old:c"));
        add("4", Optional.empty());
        add("5", Optional.of("newer:e"));

        assertThat(notUnder("", 2)).extracting(Sealed::row).containsExactly("1", "3");
        assertThat(notUnder("3", 2)).extracting(Sealed::row).containsExactly("5");
        assertThat(database.<Long>call(em -> new SealedValues(em).countNotUnder(COLUMN, "new")))
                .isEqualTo(3);
    }

    @Test
    void ofTwoNodesOneReplacesARow() {
        add("1", Optional.of("old:a"));
        Sealed read = notUnder("", 1).get(0);
        assertThat(replace(read, "new:x")).isTrue();
        assertThat(replace(read, "new:y")).isFalse();
        assertThat(reference()).contains("new:x");
        assertThat(notUnder("", 1)).isEmpty();
    }

    private Optional<String> reference() {
        return database.call(em -> new Identities(em).of("c").get(0).sealedReference());
    }

    private boolean replace(Sealed read, String after) {
        return database.call(em -> new SealedValues(em).replace(COLUMN, read, after));
    }

    private List<Sealed> notUnder(String after, int limit) {
        return database.call(em -> new SealedValues(em).notUnder(COLUMN, "new", after, limit));
    }

    private void add(String id, Optional<String> reference) {
        database.run(em -> new Identities(em)
                .add(
                        "r",
                        "c",
                        new IdentityRow(
                                id,
                                VerificationMethod.BRANCH,
                                reference,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Instant.EPOCH,
                                Instant.EPOCH)));
    }
}
