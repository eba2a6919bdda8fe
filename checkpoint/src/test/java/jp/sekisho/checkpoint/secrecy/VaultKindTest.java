package jp.sekisho.checkpoint.secrecy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VaultKindTest {

    @Test
    void aVaultByRealmKeepsEachRealmsEntriesFromTheOthers() {
        assertThat(new VaultKind("file", Optional.empty()).unfit()).isEmpty();
        assertThat(new VaultKind("file", Optional.of("REALM_UNDERSCORE_KEY")).unfit())
                .isEmpty();
        assertThat(new VaultKind("theirs", Optional.of("REALM_FILESEPARATOR_KEY, FACTORY_PROVIDED")).unfit())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KEY_ONLY", "REALM_UNDERSCORE_KEY,key_only", "REALM_UNDERSCORE_KEY, KEY_ONLY "})
    void oneInWhichEveryRealmNamesEveryEntryDoesNot(String resolvers) {
        assertThat(new VaultKind("file", Optional.of(resolvers)).unfit())
                .hasValueSatisfying(why -> assertThat(why).contains("KEY_ONLY"));
    }

    @Test
    void norDoesOneThatTakesCapitalLettersForSmallOnes() {
        assertThat(new VaultKind("keystore", Optional.empty()).unfit()).isPresent();
    }
}
