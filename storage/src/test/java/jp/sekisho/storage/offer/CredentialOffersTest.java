package jp.sekisho.storage.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CredentialOffersTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static Database database;

    private final String realm = UUID.randomUUID().toString();
    private final String customer = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatIsOfferedWaitsInItsOrderAndIsTakenOnceByWhoIsOfferedIt() {
        offer("later", NOW, NOW.plusSeconds(60));
        offer("earlier", NOW.minusSeconds(1), NOW.plusSeconds(60));

        CredentialOffer first = first(NOW).orElseThrow();
        assertThat(first.parameter()).isEqualTo("earlier");
        assertThat(take("another", first)).isFalse();
        assertThat(take(customer, first)).isTrue();
        assertThat(take(customer, first)).isFalse();
        assertThat(first(NOW)).map(CredentialOffer::parameter).contains("later");
    }

    @Test
    void itEndsAndIsThenDeleted() {
        offer("ended", NOW, NOW.plusSeconds(60));

        assertThat(first(NOW.plusSeconds(59))).isPresent();
        assertThat(first(NOW.plusSeconds(60))).isEmpty();
        assertThat(deleted(NOW.plusSeconds(60))).isEmpty();
        assertThat(deleted(NOW.plusSeconds(61))).contains(new Deleted(1, NOW.plusSeconds(60), NOW.plusSeconds(60)));
        assertThat(first(NOW)).isEmpty();
    }

    @Test
    void theSameOnceMoreIsOneOfferWithItsNewEnd() {
        offer("same", NOW, NOW.plusSeconds(60));
        offer("same", NOW.plusSeconds(1), NOW.plusSeconds(120));

        CredentialOffer first = first(NOW.plusSeconds(60)).orElseThrow();
        assertThat(take(customer, first)).isTrue();
        assertThat(first(NOW)).isEmpty();
    }

    @Test
    void itGoesWithItsCustomerAndItsRealm() {
        offer("one", NOW, NOW.plusSeconds(60));
        database.run(em -> new CustomerState(em).deleteCustomer(realm, customer, "user", NOW));
        assertThat(first(NOW)).isEmpty();

        offer("one", NOW, NOW.plusSeconds(60));
        database.run(em -> new CustomerState(em).deleteRealm(realm));
        assertThat(first(NOW)).isEmpty();
    }

    private void offer(String parameter, Instant at, Instant expires) {
        database.run(em -> new CredentialOffers(em).add(realm, customer, parameter, at, expires));
    }

    private Optional<CredentialOffer> first(Instant now) {
        return database.call(em -> new CredentialOffers(em).first(customer, now));
    }

    private boolean take(String whose, CredentialOffer offer) {
        return database.<Boolean>call(em -> new CredentialOffers(em).take(whose, offer.id()));
    }

    private Optional<Deleted> deleted(Instant before) {
        return database.call(em -> new CredentialOffers(em).deleteExpired(realm, before, 10));
    }
}
