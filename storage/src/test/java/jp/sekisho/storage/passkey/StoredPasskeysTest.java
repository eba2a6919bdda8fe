package jp.sekisho.storage.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoredPasskeysTest {

    private static final String REALM = "realm";
    private static final String ALICE = "a".repeat(64);
    private static final String BOB = "b".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private final Database database = new Database();

    @BeforeEach
    void key() {
        database.run(em -> new RealmKeys(em).createIfAbsent(REALM, "secret"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsKeptComesBackOldestFirst() {
        StoredPasskey first = passkey(ALICE, "1", NOW, Optional.empty());
        StoredPasskey second = passkey(ALICE, "2", NOW.plusSeconds(1), Optional.of(NOW.plusSeconds(60)));
        put(second, first, passkey(BOB, "1", NOW, Optional.empty()));
        assertThat(of(ALICE)).containsExactly(first, second);

        database.run(em -> new StoredPasskeys(em).delete(ALICE, "1"));
        assertThat(of(ALICE)).containsExactly(second);
        assertThat(of(BOB)).hasSize(1);
    }

    @Test
    void theDossierSaysUntilWhenTheLastIsProvisional() {
        assertThat(dossier(ALICE).provisionalUntil()).isEmpty();
        put(
                passkey(ALICE, "1", NOW, Optional.of(NOW.plusSeconds(60))),
                passkey(ALICE, "2", NOW, Optional.of(NOW.plusSeconds(30))),
                passkey(ALICE, "3", NOW, Optional.empty()));
        assertThat(dossier(ALICE).provisionalUntil()).contains(NOW.plusSeconds(60));
        assertThat(dossier(BOB).provisionalUntil()).isEmpty();
    }

    @Test
    void itIsStateAndGoesWithItsCustomer() {
        put(passkey(ALICE, "1", NOW, Optional.empty()), passkey(BOB, "1", NOW, Optional.empty()));
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE, "alice", NOW));
        assertThat(of(ALICE)).isEmpty();
        database.run(em -> new CustomerState(em).deleteRealm(REALM));
        assertThat(of(BOB)).isEmpty();
    }

    private void put(StoredPasskey... passkeys) {
        for (StoredPasskey passkey : passkeys) {
            database.run(em -> new StoredPasskeys(em).put(passkey));
        }
    }

    private List<StoredPasskey> of(String customer) {
        return database.call(em -> new StoredPasskeys(em).of(customer));
    }

    private Dossier dossier(String customer) {
        return database.call(em -> new Dossiers(em).find(REALM, customer, Optional.empty()));
    }

    private static StoredPasskey passkey(
            String customer, String credential, Instant enrolledAt, Optional<Instant> provisionalUntil) {
        return new StoredPasskey(
                REALM,
                customer,
                "user",
                new PasskeyFacts(
                        credential,
                        "00000000-0000-0000-0000-000000000000",
                        true,
                        false,
                        false,
                        "https://id.firm.example"),
                enrolledAt,
                Optional.empty(),
                provisionalUntil);
    }
}
