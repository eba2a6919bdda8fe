package jp.sekisho.checkpoint.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.junit.jupiter.api.Test;

class VaultKeysTest {

    private static final SealedColumn COLUMN = SealedColumn.NOTICE_ADDRESS;
    private static final String ONE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String TWO = "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private final Teller teller = new Teller();
    private final Entries vault = new Entries();
    private final VaultKeys keys = new VaultKeys(vault, teller);

    private static final class Entries implements Vault {

        private final Map<String, String> byRealm = new HashMap<>();
        private int readings;
        private boolean broken;

        @Override
        public Optional<String> entry(String realmId) {
            readings++;
            if (broken) {
                throw new IllegalStateException("no such disk");
            }
            return Optional.ofNullable(byRealm.get(realmId)).filter(text -> !text.isEmpty());
        }

        @Override
        public boolean knows(String realmId) {
            return byRealm.containsKey(realmId);
        }
    }

    @Test
    void eachRealmHasItsOwnAndIsReadOnce() {
        vault.byRealm.put("one", ring("a", ONE));
        vault.byRealm.put("two", ring("a", TWO));
        KeyRing one = keys.of("one").orElseThrow();
        assertThat(keys.of("two")).isPresent().isNotEqualTo(Optional.of(one));
        assertThat(keys.of("one")).contains(one);
        assertThat(vault.readings).isEqualTo(2);
    }

    @Test
    void anotherKeyIsTakenAtTheNextLook() {
        vault.byRealm.put("one", ring("a", ONE));
        String sealed = keys.of("one").orElseThrow().seal(COLUMN, "row", "text");
        vault.byRealm.put("one", both("b"));
        keys.look();
        KeyRing rotated = keys.of("one").orElseThrow();
        assertThat(rotated.current()).isEqualTo("b");
        assertThat(rotated.open(COLUMN, "row", sealed)).isEqualTo("text");
        assertThat(teller.refused()).isZero();
    }

    @Test
    void whatIsLostStaysInUseAndIsToldOnce() {
        vault.byRealm.put("one", ring("a", ONE));
        keys.of("one");
        for (String lost : new String[] {"", "{}", ring("b", TWO)}) {
            long told = teller.refused();
            vault.byRealm.put("one", lost);
            keys.look();
            keys.look();
            assertThat(keys.of("one").orElseThrow().current()).as(lost).isEqualTo("a");
            assertThat(teller.refused()).as(lost).isEqualTo(told + 1);
        }
        vault.broken = true;
        keys.look();
        assertThat(keys.of("one")).isPresent();
        assertThat(teller.refused()).isEqualTo(4);
    }

    @Test
    void aRealmWithoutAnEntryHasNoKeyUntilItHas() {
        vault.byRealm.put("one", "");
        assertThat(keys.of("one")).isEmpty();
        assertThat(keys.of("one")).isEmpty();
        assertThat(vault.readings).as("not with each value").isEqualTo(1);
        vault.byRealm.put("one", ring("a", ONE));
        keys.look();
        assertThat(keys.of("one")).isPresent();
    }

    @Test
    void aRemovedRealmIsForgotten() {
        vault.byRealm.put("one", ring("a", ONE));
        keys.of("one");
        vault.byRealm.remove("one");
        keys.look();
        assertThat(keys.of("one")).isEmpty();
    }

    private static String ring(String id, String key) {
        return "{\"current\":\"" + id + "\",\"keys\":{\"" + id + "\":\"" + key + "\"}}";
    }

    private static String both(String current) {
        return "{\"current\":\"" + current + "\",\"keys\":{\"a\":\"" + ONE + "\",\"b\":\"" + TWO + "\"}}";
    }
}
