package jp.sekisho.checkpoint.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import jp.sekisho.checkpoint.OptionScope;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSessionFactory;

class AesSecrecyFactoryTest {

    private static final SealedColumn COLUMN = SealedColumn.IDENTITY_REFERENCE;
    private static final String ONE = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String TWO = "HwECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path folder;

    private final AesSecrecyFactory factory = new AesSecrecyFactory();

    @Test
    void withoutAKeyNothingIsSealedAndTheOptionIsNamed() {
        factory.init(new OptionScope(Map.of()));
        Seal secrecy = seal();
        assertThat(secrecy.currentKey()).isEmpty();
        assertThatThrownBy(() -> secrecy.seal(COLUMN, "row", "text"))
                .isInstanceOf(NoKeyException.class)
                .hasMessageContaining("spi-sekisho-secrecy--aes--key-file")
                .message()
                .doesNotContain("text");
    }

    @Test
    void aFileThatIsNotThereOrNoRingStopsTheStart() throws IOException {
        assertAbsurd(Map.of("key-file", folder.resolve("none").toString()), "key-file");
        assertAbsurd(Map.of("key-file", folder.toString()), "key-file");
        assertAbsurd(
                Map.of(
                        "key-file",
                        Files.writeString(folder.resolve("broken"), "{}").toString()),
                "key-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "PT0S", "P2D", "-PT5S"})
    void anAbsurdIntervalStopsTheStart(String interval) {
        assertAbsurd(Map.of("refresh-interval", interval), "refresh-interval");
    }

    private void assertAbsurd(Map<String, String> options, String named) {
        assertThatThrownBy(() -> factory.init(new OptionScope(options)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spi-sekisho-secrecy--aes--" + named);
    }

    @Test
    void aNewKeyIsTakenABrokenFileIsNot() throws IOException {
        Path file = write("{\"current\":\"a\",\"keys\":{\"a\":\"" + ONE + "\"}}");
        factory.init(new OptionScope(Map.of("key-file", file.toString())));
        String stored = seal().seal(COLUMN, "row", "text");

        write("{\"current\":\"b\",\"keys\":{\"b\":\"" + TWO + "\"}}");
        factory.look();
        assertThat(seal().currentKey()).as("the key in use is missing").contains("a");
        Files.delete(file);
        factory.look();
        assertThat(seal().currentKey()).contains("a");

        write("{\"current\":\"b\",\"keys\":{\"a\":\"" + ONE + "\",\"b\":\"" + TWO + "\"}}");
        factory.look();
        Seal rotated = seal();
        assertThat(rotated.currentKey()).contains("b");
        assertThat(rotated.open(COLUMN, "row", stored)).isEqualTo("text");
    }

    private Seal seal() {
        return factory.create(null).of("realm");
    }

    @Test
    void aRealmsKeyMayBeInClearNothingElse() {
        factory.init(new OptionScope(Map.of()));
        assertThat(seal().open(SealedColumn.REALM_KEY, "realm", "0f0f")).isEqualTo("0f0f");
        assertThatThrownBy(() -> seal().open(SealedColumn.REALM_KEY, "realm", "a:AAAA"))
                .as("sealed, and the key is lost")
                .isInstanceOf(NoKeyException.class);
        assertThatThrownBy(() -> seal().open(COLUMN, "row", "in clear")).isInstanceOf(NoKeyException.class);
    }

    @Test
    void keysHaveOneSource() throws IOException {
        Path file = write("{\"current\":\"a\",\"keys\":{\"a\":\"" + ONE + "\"}}");
        assertAbsurd(Map.of("key-file", file.toString(), "vault-entry", "keys"), "vault-entry");
        assertAbsurd(Map.of("vault-entry", "${vault.keys}"), "vault-entry");
    }

    @Test
    void aVaultThatIsNotThereStopsTheStart() {
        factory.init(new OptionScope(Map.of("vault-entry", "keys")));
        KeycloakSessionFactory withoutVault = (KeycloakSessionFactory) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KeycloakSessionFactory.class},
                (self, method, args) -> null);
        assertThatThrownBy(() -> factory.postInit(withoutVault))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("spi-sekisho-secrecy--aes--vault-entry: 'keys' needs a vault");
    }

    private Path write(String content) throws IOException {
        Path written = Files.writeString(folder.resolve("next"), content);
        return Files.move(written, folder.resolve("keys.json"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
