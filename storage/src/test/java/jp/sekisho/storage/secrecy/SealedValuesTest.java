package jp.sekisho.storage.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.key.RealmKeys;
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
        assertThat(database.<Long>call(em -> new SealedValues(em, "r").countNotUnder(column, "k")))
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
        assertThat(database.<Long>call(em -> new SealedValues(em, "r").countNotUnder(COLUMN, "new")))
                .isEqualTo(3);
    }

    @Test
    void anotherRealmHasKeysOfItsOwn() {
        add("1", Optional.of("old:a"));
        List<Sealed> elsewhere = database.call(em -> new SealedValues(em, "elsewhere").notUnder(COLUMN, "new", "", 2));
        assertThat(elsewhere).isEmpty();
        assertThat(database.<Long>call(em -> new SealedValues(em, "elsewhere").countNotUnder(COLUMN, "new")))
                .isZero();
    }

    @Test
    void aRealmsKeyInClearIsFoundAndReplaced() {
        String clear = "0f".repeat(32);
        database.run(em -> new RealmKeys(em).createIfAbsent("r", clear));
        database.run(em -> new RealmKeys(em).createIfAbsent("r", "of the slower node"));
        List<Sealed> found =
                database.call(em -> new SealedValues(em, "r").notUnder(SealedColumn.REALM_KEY, "new", "", 2));
        assertThat(found).containsExactly(new Sealed("r", clear));
        assertThat(SealedColumn.REALM_KEY.clear(clear)).isTrue();

        String sealed = "new:" + "x".repeat(1990);
        assertThat(database.<Boolean>call(
                        em -> new SealedValues(em, "r").replace(SealedColumn.REALM_KEY, found.get(0), sealed)))
                .isTrue();
        assertThat(SealedColumn.REALM_KEY.clear(sealed)).isFalse();
        assertThat(database.<Optional<String>>call(em -> new RealmKeys(em).find("r")))
                .contains(sealed);
        assertThat(database.<List<String>>call(em -> new RealmKeys(em).realms()))
                .containsExactly("r");
        assertThatThrownBy(() -> database.run(em -> em.createNativeQuery("update SEKISHO_REALM_KEY set SECRET = null")
                        .executeUpdate()))
                .as("a realm without its key")
                .isInstanceOf(PersistenceException.class);
    }

    @Test
    void whatIsPersonalIsNeverTakenInClear() {
        assertThat(SealedColumn.IDENTITY_REFERENCE.clear("in clear")).isFalse();
        assertThat(SealedColumn.NOTICE_ADDRESS.clear("in clear")).isFalse();
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
        return database.call(em -> new SealedValues(em, "r").replace(COLUMN, read, after));
    }

    private List<Sealed> notUnder(String after, int limit) {
        return database.call(em -> new SealedValues(em, "r").notUnder(COLUMN, "new", after, limit));
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
