package jp.sekisho.eventlisteners.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.eventlisteners.retention.Cleaning.Kind;
import jp.sekisho.eventlisteners.retention.Cleaning.Terms;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.policies.interim.AlternativeMfa;
import jp.sekisho.policies.interim.Ask;
import jp.sekisho.policies.interim.MigrationPolicy;
import jp.sekisho.policies.interim.Stage;
import jp.sekisho.policies.interim.Whom;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.retention.RetentionPolicy;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.identity.PostalCode;
import jp.sekisho.storage.identity.PostalCodes;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.interim.Postponements;
import jp.sekisho.storage.interim.Proposal;
import jp.sekisho.storage.mailaddress.MailAddress;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.offer.CredentialOffers;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.OutboxEntity.State;
import jp.sekisho.storage.outbox.OutboxMessage;
import jp.sekisho.storage.proposal.Proposals;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleaningTest {

    private static final String REALM = "r1";
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Terms TERMS = new Terms(
            new RetentionPolicy(Period.ofYears(7)),
            ZoneId.of("Asia/Tokyo"),
            Duration.ofDays(90),
            Duration.ofDays(180),
            5,
            Duration.ofDays(400),
            new MigrationPolicy(List.of(), 5),
            "ffaj-2021:test");

    private static Database database;

    @BeforeAll
    static void create() {
        database = new Database();
    }

    @BeforeEach
    void empty() {
        database.run(em -> List.of(
                        "CursorEntity",
                        "EvidenceEntity",
                        "DeviceEntity",
                        "DeviceTrustEntity",
                        "CounterEntity",
                        "IdentityEntity",
                        "PostalCodeEntity",
                        "MailAddressEntity",
                        "CredentialOfferEntity",
                        "FreezeEntity",
                        "HostileEntity",
                        "ExemptionEntity",
                        "ExemptionProposalEntity",
                        "PostponementEntity",
                        "ProposalEntity",
                        "AccessRuleEntity",
                        "AccessChangeEntity",
                        "AccessVersionEntity",
                        "OutboxEntity")
                .forEach(entity -> em.createQuery("delete from " + entity).executeUpdate()));
        List.of(Kind.values()).forEach(kind -> batch(kind, NOW));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void evidenceGoesAfterSevenYearsAndLeavesARecord() {
        Instant old = Instant.parse("2019-05-31T14:59:59Z");
        for (int i = 0; i < 1200; i++) {
            append(old.minusSeconds(i));
        }
        append(old.plus(Duration.ofDays(2)));

        assertThat(batch(Kind.EVIDENCE, NOW)).isEqualTo(Cleaning.BATCH);
        assertThat(batch(Kind.EVIDENCE, NOW)).isEqualTo(200);

        List<EvidenceRow> left = rows();
        assertThat(left)
                .extracting(EvidenceRow::kind)
                .containsExactly(EvidenceRow.Kind.DELETION, EvidenceRow.Kind.DELETION, EvidenceRow.Kind.DECISION);
        assertThat(left.subList(0, 2)).allSatisfy(row -> {
            assertThat(row.index().policyVersion()).contains("ffaj-2021:test");
            assertThat(row.index().customer()).isEmpty();
        });
        assertThat(left.subList(0, 2))
                .extracting(EvidenceRow::content)
                .anySatisfy(text -> assertThat(text)
                        .contains(
                                "\"rows\":1000",
                                "\"from\":\"" + old.minusSeconds(1199) + "\"",
                                "\"what\":\"evidence\""))
                .anySatisfy(text -> assertThat(text).contains("\"rows\":200", "\"to\":\"" + old + "\""));
    }

    @Test
    void onceAnHour() {
        assertThat(batch(Kind.EVIDENCE, NOW)).isZero();
        append(Instant.parse("2010-01-01T00:00:00Z"));
        batch(Kind.EVIDENCE, NOW.plus(Duration.ofMinutes(59)));
        assertThat(rows()).extracting(EvidenceRow::kind).containsExactly(EvidenceRow.Kind.DECISION);
        batch(Kind.EVIDENCE, NOW.plus(Duration.ofMinutes(60)));
        assertThat(rows()).extracting(EvidenceRow::kind).containsExactly(EvidenceRow.Kind.DELETION);
    }

    @Test
    void aDeviceGoesWhenNobodyCameOnItAndNobodyTrustsIt() {
        device("stale", Duration.ofDays(121), Optional.empty());
        device("trusted", Duration.ofDays(121), Optional.of(NOW.plusSeconds(1)));
        device("no longer trusted", Duration.ofDays(121), Optional.of(NOW));
        device("fresh", Duration.ofDays(119), Optional.empty());
        batch(Kind.DEVICES, NOW);
        assertThat(devices()).containsExactlyInAnyOrder("trusted", "fresh");
        assertThat(trustedDevices()).containsExactly("trusted");
        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.content())
                        .contains(
                                "\"what\":\"devices\"",
                                "\"rows\":2",
                                "\"to\":\"" + NOW.minus(Duration.ofDays(121)) + "\"",
                                "\"before\":\"" + NOW.minus(Duration.ofDays(120)) + "\"")
                        .doesNotContain("stale", "no longer trusted"));
    }

    /** However many: a record a batch. */
    // FFAJ-2.2-S3
    @Test
    void countersThatNobodyTriedGoAndLeaveARecordABatch() {
        Instant old = NOW.minus(Duration.ofDays(91));
        database.run(em -> {
            for (int i = 0; i < Cleaning.BATCH + 1; i++) {
                new Counters(em).replace(REALM, "name-" + i, List.of(counter()), old);
            }
            new Counters(em).replace(REALM, "lately", List.of(counter()), NOW.minus(Duration.ofDays(89)));
        });
        assertThat(batch(Kind.COUNTERS, NOW)).isEqualTo(Cleaning.BATCH);
        assertThat(batch(Kind.COUNTERS, NOW)).isEqualTo(1);
        assertThat(of("CounterEntity", "customer")).containsExactly("lately");
        assertThat(rows())
                .extracting(EvidenceRow::content)
                .hasSize(2)
                .allMatch(text -> text.contains("\"what\":\"counters\"") && text.contains("\"to\":\"" + old + "\""))
                .anyMatch(text -> text.contains("\"rows\":1000"))
                .anyMatch(text -> text.contains("\"rows\":1,"))
                .noneMatch(text -> text.contains("name-"));
    }

    /** Every kind. */
    // FFAJ-2.2-S3
    @Test
    void whereNothingIsDeletedNothingIsRecorded() {
        for (Kind kind : Kind.values()) {
            assertThat(batch(kind, NOW.plus(Duration.ofHours(2))))
                    .as(kind.name())
                    .isZero();
        }
        assertThat(rows()).isEmpty();
    }

    private static Counter counter() {
        return new Counter(new Counter.Key("password", "device"), 1, NOW, 1, Optional.empty(), Optional.empty(), 0);
    }

    // FFAJ-2.2-S3
    @Test
    void supersededIdentitiesAndOldPostalCodesGoAndLeaveARecord() {
        Instant old = Instant.parse("2019-01-01T00:00:00Z");
        database.run(em -> {
            for (Instant at : List.of(old, old.plusSeconds(1))) {
                new Identities(em)
                        .add(
                                REALM,
                                "customer",
                                new IdentityRow(
                                        UUID.randomUUID().toString(),
                                        VerificationMethod.EKYC,
                                        Optional.of("key:text"),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        at,
                                        at));
            }
            new PostalCodes(em)
                    .issue(
                            REALM,
                            "customer",
                            new PostalCode(
                                    "code",
                                    "h".repeat(64),
                                    "officer",
                                    Optional.empty(),
                                    0,
                                    NOW.minus(Duration.ofDays(61)),
                                    NOW.minus(Duration.ofDays(31)),
                                    Optional.empty()));
        });
        batch(Kind.IDENTITIES, NOW);
        batch(Kind.POSTAL_CODES, NOW);

        assertThat(database.<Integer>call(
                        em -> new Identities(em).of("customer").size()))
                .as("the newest stays")
                .isEqualTo(1);
        assertThat(database.<Boolean>call(
                        em -> new PostalCodes(em).of("customer").isPresent()))
                .isFalse();
        assertThat(rows()).extracting(EvidenceRow::kind).containsOnly(EvidenceRow.Kind.DELETION);
        assertThat(rows())
                .extracting(EvidenceRow::content)
                .anyMatch(text -> text.contains("\"what\":\"identities\"") && text.contains("\"rows\":1"))
                .anyMatch(text -> text.contains("\"what\":\"postal-codes\""));
    }

    // FFAJ-2.2-S3
    @Test
    void whatEndedGoesWhenItsTimeIsUpAndNothingElse() {
        for (String when : List.of("long ago", "lately", "never")) {
            put(when);
        }
        for (Kind kind : List.of(
                Kind.NOTICE_ADDRESSES,
                Kind.CREDENTIAL_OFFERS,
                Kind.FREEZES,
                Kind.MARKS,
                Kind.EXEMPTIONS,
                Kind.EXEMPTION_PROPOSALS,
                Kind.PROPOSALS,
                Kind.ACCESS_RULES,
                Kind.POSTPONEMENTS,
                Kind.MESSAGES,
                Kind.DEAD_LETTERS)) {
            assertThat(batch(kind, NOW)).as(kind.name()).isEqualTo(1);
            assertThat(rows())
                    .extracting(EvidenceRow::content)
                    .as(kind.name())
                    .anyMatch(text -> text.contains("\"what\":\"" + kind.word() + "\"")
                            && text.contains("\"rows\":1")
                            && !text.contains("long ago"));
        }
        assertThat(of("FreezeEntity", "customer")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("HostileEntity", "customer")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("MailAddressEntity", "customer")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("CredentialOfferEntity", "customer")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("ExemptionEntity", "customer")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("ProposalEntity", "id")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("AccessRuleEntity", "id")).containsExactlyInAnyOrder("lately", "never");
        assertThat(of("OutboxEntity", "userId")).containsExactlyInAnyOrder("lately", "lately", "never");
    }

    /** A freeze outlives its user, for as long as evidence is kept. */
    // FFAJ-2.2-S3, JP25-8
    @Test
    void whatIsFrozenOfAUserWhoIsGoneGoesWithTheEvidence() {
        Instant kept = NOW.atZone(TERMS.zone()).minusYears(7).toInstant();
        database.run(em -> {
            for (String when : List.of("long ago", "lately", "there")) {
                new Freezes(em).put(REALM, when, "user", Optional.empty(), Freeze.By.CUSTOMER, "x", false, kept);
            }
            new Freezes(em).gone("long ago", kept.minusSeconds(1));
            new Freezes(em).gone("lately", kept.plusSeconds(1));
        });
        assertThat(batch(Kind.FREEZES_OF_NOBODY, NOW)).isEqualTo(1);
        assertThat(of("FreezeEntity", "customer")).containsExactlyInAnyOrder("lately", "there");
        assertThat(rows())
                .extracting(EvidenceRow::content)
                .anyMatch(text -> text.contains("\"what\":\"freezes-of-nobody\"") && text.contains("\"rows\":1"));
    }

    /** While a stage is open, or is still to come, whoever put it off must not begin anew. */
    // JP25-4
    @Test
    void postponementsCountUntilTheMigrationIsOver() {
        put("long ago");
        Stage open = new Stage(LocalDate.parse("2026-01-01"), Ask.values()[0], Whom.EVERYBODY);
        Stage closed = new Stage(LocalDate.parse("2026-07-01"), Ask.CLOSED, Whom.EVERYBODY);
        Terms migrating = new Terms(
                TERMS.retention(),
                TERMS.zone(),
                TERMS.devices(),
                TERMS.marks(),
                TERMS.few(),
                TERMS.operations(),
                new MigrationPolicy(List.of(open, closed), 5),
                TERMS.policyVersion());
        assertThat(database.<Integer>call(em -> new Cleaning(em, REALM, migrating, NOW).batch(Kind.POSTPONEMENTS)))
                .isZero();
        Instant over = Instant.parse("2026-07-01T00:00:00Z");
        assertThat(database.<Integer>call(em -> new Cleaning(em, REALM, migrating, over).batch(Kind.POSTPONEMENTS)))
                .isEqualTo(1);
    }

    private static void put(String when) {
        Instant ended = NOW.minus(when.equals("long ago") ? Duration.ofDays(121) : Duration.ofMinutes(5));
        boolean over = !when.equals("never");
        Instant marked = when.equals("long ago") ? NOW.minus(TERMS.marks()).minusSeconds(1) : ended;
        Instant began = ended.minus(Duration.ofDays(1));
        Instant expires = over && when.equals("long ago") ? ended : NOW.plus(Duration.ofDays(1));
        Proposal proposal = new Proposal(when, "x", AlternativeMfa.values()[0], "v1", "officer", began, expires);
        database.run(em -> {
            new MailAddresses(em)
                    .add(
                            REALM,
                            when,
                            new MailAddress(
                                    when,
                                    "key:text",
                                    MailAddress.Kind.SECOND,
                                    began,
                                    over && when.equals("long ago") ? Optional.of(ended) : Optional.empty()));
            new CredentialOffers(em).add(REALM, when, "x", began, expires);
            new Freezes(em).put(REALM, when, "user", Optional.empty(), Freeze.By.CUSTOMER, "x", false, began);
            new Hostiles(em).mark(REALM, when, Hostiles.device("device"), marked, true);
            new Exemptions(em).propose(REALM, when, "user", proposal);
            new Postponements(em).use(REALM, when, 5, ended);
            new Proposals(em)
                    .add(new jp.sekisho.storage.proposal.Proposal(
                            when,
                            REALM,
                            jp.sekisho.storage.proposal.Proposal.Kind.POLICY,
                            "{}",
                            "x",
                            "officer",
                            ended));
            StoredRules rules = new StoredRules(em);
            rules.lock(REALM, began);
            rules.add(REALM, List.of(rule(when, began, over ? Optional.of(expires) : Optional.empty())), began);
            for (State state : over ? List.of(State.SENT, State.DEAD) : List.of(State.PENDING)) {
                new Outbox(em)
                        .put(new OutboxMessage(
                                when + state,
                                Optional.empty(),
                                REALM,
                                "mail",
                                "login",
                                Optional.of(when),
                                when + state,
                                "ja",
                                "{}",
                                ended,
                                ended));
                em.createQuery("update OutboxEntity set state = :state where id = :id")
                        .setParameter("state", state)
                        .setParameter("id", when + state)
                        .executeUpdate();
            }
            if (over) {
                em.createQuery("update FreezeEntity set thawedAt = :at, slot = id where customer = :customer")
                        .setParameter("at", ended)
                        .setParameter("customer", when)
                        .executeUpdate();
            }
            new Exemptions(em).approve(REALM, when, "user", proposal, "approver", began);
            if (over) {
                em.createQuery("update ExemptionEntity set endedAt = :at where customer = :customer")
                        .setParameter("at", ended)
                        .setParameter("customer", when)
                        .executeUpdate();
            }
            new Exemptions(em).propose(REALM, when, "user", proposal);
        });
    }

    private static StoredRule rule(String id, Instant from, Optional<Instant> until) {
        return new StoredRule(
                id,
                REALM,
                Scope.REALM,
                Optional.empty(),
                Effect.DENY,
                Match.Kind.COUNTRY,
                "DE",
                false,
                from,
                until,
                from,
                "officer",
                "x");
    }

    private static List<String> of(String entity, String what) {
        return database.call(em -> em.createQuery("select " + what + " from " + entity, String.class)
                .getResultList());
    }

    private int batch(Kind kind, Instant now) {
        return database.call(em -> new Cleaning(em, REALM, TERMS, now).batch(kind));
    }

    private void device(String id, Duration ago, Optional<Instant> trustedUntil) {
        Instant at = NOW.minus(ago);
        database.run(em -> {
            new Devices(em).create(REALM, id, UUID.randomUUID().toString(), at);
            trustedUntil.ifPresent(until -> new Devices(em)
                    .trust(
                            REALM,
                            id,
                            "customer",
                            "user",
                            new UserAgent("desktop", "OS", "B", "1"),
                            Optional.empty(),
                            at,
                            until));
        });
    }

    private List<String> devices() {
        return database.call(em ->
                em.createQuery("select id from DeviceEntity", String.class).getResultList());
    }

    private List<String> trustedDevices() {
        return database.call(em -> em.createQuery("select deviceId from DeviceTrustEntity", String.class)
                .getResultList());
    }

    private List<EvidenceRow> rows() {
        return database.call(em -> em.createQuery("select id from EvidenceEntity order by at desc", String.class)
                .getResultStream()
                .flatMap(id -> new EvidenceLog(em).withIds(List.of(id)).stream())
                .toList());
    }

    private void append(Instant at) {
        Index none = Index.of(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        database.run(em -> new EvidenceLog(em)
                .append(new EvidenceRow(
                        UUID.randomUUID().toString(),
                        REALM,
                        EvidenceRow.Kind.DECISION,
                        Optional.empty(),
                        at,
                        none,
                        "{}")));
    }
}
