package jp.sekisho.checkpoint.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import jp.sekisho.checkpoint.file.UnusableFileException;
import jp.sekisho.storage.secrecy.SealedColumn;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed opens in its own place with its own key, and nowhere else. */
// FFAJ-2.2-S1
class KeyRingTest {

    private static final SealedColumn COLUMN = SealedColumn.IDENTITY_REFERENCE;
    private static final String OLD = key(1);
    private static final String NEW = key(2);
    private static final KeyRing RING = ring("old", "\"old\":\"" + OLD + "\"");
    private static final KeyRing ROTATED = ring("new", "\"old\":\"" + OLD + "\",\"new\":\"" + NEW + "\"");

    @Property
    void opensWhatItSealed(@ForAll String text, @ForAll @AlphaChars @StringLength(min = 1, max = 36) String row) {
        String stored = RING.seal(COLUMN, row, text);

        assertThat(stored).startsWith("old:").matches("[A-Za-z0-9.:+/=-]+");
        assertThat(RING.open(COLUMN, row, stored)).isEqualTo(text);
        assertThat(RING.seal(COLUMN, row, text)).as("another nonce").isNotEqualTo(stored);
    }

    @Property
    void aChangeOfAnyCharacterIsSeen(@ForAll @IntRange(max = 2000) int at, @ForAll char other) {
        String stored = RING.seal(COLUMN, "row", "KYC-2026-000123");
        int place = at % stored.length();
        if (stored.charAt(place) != other) {
            String changed = stored.substring(0, place) + other + stored.substring(place + 1);
            assertThatThrownBy(() -> RING.open(COLUMN, "row", changed)).isInstanceOf(NoKeyException.class);
        }
    }

    /** Each of them, with every other Base64 character: some spell the same bytes. */
    @Example
    void aChangeOfEachCharacterIsSeen() {
        String stored = RING.seal(COLUMN, "row", "12");
        for (int at = 0; at < stored.length(); at++) {
            for (char other : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=:".toCharArray()) {
                String changed = stored.substring(0, at) + other + stored.substring(at + 1);
                if (!changed.equals(stored)) {
                    assertThatThrownBy(() -> RING.open(COLUMN, "row", changed))
                            .as(changed)
                            .isInstanceOf(NoKeyException.class);
                }
            }
        }
    }

    @Property
    void whatIsCutOrAddedIsSeen(@ForAll @IntRange(min = 1, max = 60) int length) {
        String stored = RING.seal(COLUMN, "row", "KYC-2026-000123");
        assertThatThrownBy(() -> RING.open(COLUMN, "row", stored.substring(0, Math.max(0, stored.length() - length))))
                .isInstanceOf(NoKeyException.class);
        assertThatThrownBy(() -> RING.open(COLUMN, "row", stored + "A".repeat(length)))
                .isInstanceOf(NoKeyException.class);
    }

    @Property
    void opensInItsOwnRowOnly(@ForAll @StringLength(max = 36) String row) {
        String stored = RING.seal(COLUMN, "row", "secret");
        if (!row.equals("row")) {
            assertThatThrownBy(() -> RING.open(COLUMN, row, stored)).isInstanceOf(NoKeyException.class);
        }
    }

    @Example
    void anotherKeyUnderTheSameIdOpensNothing() {
        KeyRing other = ring("old", "\"old\":\"" + NEW + "\"");
        assertThatThrownBy(() -> other.open(COLUMN, "row", RING.seal(COLUMN, "row", "secret")))
                .isInstanceOf(NoKeyException.class)
                .message()
                .contains("SEKISHO_IDENTITY.REFERENCE", "row")
                .doesNotContain("secret");
        assertThatThrownBy(() -> RING.open(COLUMN, "row", "in clear")).isInstanceOf(ChangedValueException.class);
        assertThatThrownBy(() -> RING.open(COLUMN, "row", "old:")).isInstanceOf(NoKeyException.class);
    }

    /** The bytes are good, the key id is another one that leads to the same bytes. */
    @Example
    void theKeysIdIsSealedToo() {
        KeyRing twice = ring("a", "\"a\":\"" + OLD + "\",\"b\":\"" + OLD + "\"");
        String stored = twice.seal(COLUMN, "row", "secret");
        assertThatThrownBy(() -> twice.open(COLUMN, "row", "b" + stored.substring(1)))
                .isInstanceOf(NoKeyException.class);
    }

    /** Whoever lost a key must not be told that somebody changed what it sealed. */
    @Example
    void aMissingKeyIsNoChangeAndAChangeIsNoMissingKey() {
        String stored = ROTATED.seal(COLUMN, "row", "secret");
        assertThatThrownBy(() -> RING.open(COLUMN, "row", stored)).isExactlyInstanceOf(NoKeyException.class);
        assertThatThrownBy(() -> ROTATED.open(COLUMN, "other", stored))
                .isExactlyInstanceOf(ChangedValueException.class);
        assertThatThrownBy(() -> ROTATED.open(COLUMN, "row", "new:AAAA"))
                .isExactlyInstanceOf(ChangedValueException.class);
    }

    @Property
    void afterARotationTheOldOpensAndTheNewSeals(@ForAll String text) {
        String before = RING.seal(COLUMN, "row", text);
        assertThat(ROTATED.open(COLUMN, "row", before)).isEqualTo(text);
        String after = ROTATED.seal(COLUMN, "row", text);
        assertThat(after).startsWith("new:");
        assertThatThrownBy(() -> RING.open(COLUMN, "row", after)).isInstanceOf(NoKeyException.class);
    }

    @Example
    void aRingThatLostTheKeyInUseIsNotTaken() throws Exception {
        assertThat(ROTATED.follows(Optional.of(RING))).isSameAs(ROTATED);
        assertThat(ROTATED.follows(Optional.empty())).isSameAs(ROTATED);
        KeyRing without = ring("new", "\"new\":\"" + NEW + "\"");
        assertThatThrownBy(() -> without.follows(Optional.of(RING))).isInstanceOf(UnusableFileException.class);
        assertThat(without.follows(Optional.of(ROTATED)))
                .as("the old key, done with")
                .isSameAs(without);
        KeyRing exchanged = ring("old", "\"old\":\"" + NEW + "\"");
        assertThatThrownBy(() -> exchanged.follows(Optional.of(RING))).isInstanceOf(UnusableFileException.class);
    }

    @Example
    void aRingDoesNotTellItsKeys() {
        assertThat(ROTATED.toString()).doesNotContain(OLD, NEW).contains("new");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"current\":\"a\"}",
                "{\"current\":\"a\",\"keys\":{}}",
                "{\"current\":\"a\",\"keys\":{\"b\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}}",
                "{\"current\":\"a\",\"keys\":{\"a\":null}}",
                "{\"current\":\"a\",\"keys\":{\"a\":\"c2hvcnQ=\"}}",
                "{\"current\":\"a\",\"keys\":{\"a\":\"not base64!\"}}",
                "{\"current\":\"a_b\",\"keys\":{\"a_b\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}}",
                "{\"current\":\"a:b\",\"keys\":{\"a:b\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}}",
                "{\"current\":\"a\",\"keys\":{\"a\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"},\"more\":1}",
                "{\"current\":\"a\",\"current\":\"a\",\"keys\":{\"a\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"}}"
            })
    void whatIsNoRingIsRefusedWithoutTellingIt(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UnusableFileException.class)
                .message()
                .doesNotContain("AAECAwQF");
    }

    private static KeyRing ring(String current, String keys) {
        try {
            return read("{\"current\":\"" + current + "\",\"keys\":{" + keys + "}}");
        } catch (UnusableFileException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static KeyRing read(String content) throws UnusableFileException {
        return KeyRing.parse(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(int filling) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) filling);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
