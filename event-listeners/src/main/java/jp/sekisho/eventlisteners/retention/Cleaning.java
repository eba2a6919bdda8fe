package jp.sekisho.eventlisteners.retention;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.proposal.FourEyes;
import jp.sekisho.policies.interim.Ask;
import jp.sekisho.policies.interim.MigrationPolicy;
import jp.sekisho.policies.interim.Stage;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.retention.RetentionPolicy;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.cursor.Cursors.Held;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.PostalCodes;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.interim.Postponements;
import jp.sekisho.storage.mailaddress.MailAddresses;
import jp.sekisho.storage.offer.CredentialOffers;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.proposal.Proposals;
import jp.sekisho.storage.signal.SignalParts;

/** One batch of what is deleted in a realm, in one transaction with the record that says so. */
final class Cleaning {

    private static final Duration EVERY = Duration.ofHours(1);
    static final int BATCH = 1000;

    /** Beyond the time that a device is remembered: a policy may have been longer before. */
    private static final Duration DEVICE_MARGIN = Duration.ofDays(30);

    /** So long nobody tried, and few failures stand: nothing that a limit still needs. */
    private static final Duration COUNTERS = Duration.ofDays(90);

    /** Beyond the end of a postal code: until then an officer sees that it was sent in vain. */
    private static final Duration POSTAL_CODES = Duration.ofDays(30);

    /** Beyond the end of a freeze, an exemption or a proposal: what is on file of it is in the evidence log, too. */
    private static final Duration ENDED = Duration.ofDays(90);

    /** The same, and until the customer can come back no more to register a passkey: at most 92 days. */
    private static final Duration EXEMPTIONS = Duration.ofDays(120);

    /** Messages that were sent, or needed not be: longer than any window of de-duplication (24 h). */
    private static final Duration MESSAGES = Duration.ofDays(30);

    /** Messages that could not be delivered: until then an officer may look at them. */
    private static final Duration DEAD_LETTERS = Duration.ofDays(90);

    /** Beyond the day in which a node writes one of its rows. */
    private static final Duration SIGNALS = Duration.ofDays(2);

    enum Kind {
        EVIDENCE,
        DEVICES,
        COUNTERS,
        IDENTITIES,
        POSTAL_CODES,
        MARKS,
        NOTICE_ADDRESSES,
        CREDENTIAL_OFFERS,
        FREEZES,
        FREEZES_OF_NOBODY,
        EXEMPTIONS,
        EXEMPTION_PROPOSALS,
        PROPOSALS,
        ACCESS_RULES,
        POSTPONEMENTS,
        OPERATIONS,
        SIGNALS,
        MESSAGES,
        DEAD_LETTERS;

        private String cursor() {
            return "clean-" + word();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * @param devices how long devices are remembered
     * @param marks how long a device or source that a customer disowned is hostile to him
     * @param few fewer failures than this are forgotten
     * @param operations how long operations of apps are kept
     * @param migration while it goes on, how often a customer put it off counts
     * @param policyVersion stands on the deletion record
     */
    record Terms(
            RetentionPolicy retention,
            ZoneId zone,
            Duration devices,
            Duration marks,
            int few,
            Duration operations,
            MigrationPolicy migration,
            String policyVersion) {

        static Terms of(Optional<RealmPolicy> policy) {
            Profile profile = policy.map(RealmPolicy::profile).orElseGet(RealmPolicies::shipped);
            return new Terms(
                    profile.retention(),
                    profile.risk().zone(),
                    profile.device().remember(),
                    profile.freeze().marks(),
                    profile.lockout().throttleAfter(),
                    profile.operations().keep(),
                    profile.migration(),
                    policy.map(RealmPolicy::version).orElse("none"));
        }
    }

    private final EntityManager em;
    private final String realmId;
    private final Terms terms;
    private final Instant now;

    Cleaning(EntityManager em, String realmId, Terms terms, Instant now) {
        this.em = em;
        this.realmId = realmId;
        this.terms = terms;
        this.now = now;
    }

    /** @return how many rows were deleted; fewer than {@link #BATCH} when there are no more, or it is not time */
    int batch(Kind kind) {
        Optional<Held> held = new Cursors(em).holdIfNotSince(realmId, kind.cursor(), now.minus(EVERY));
        if (held.isEmpty()) {
            return 0;
        }
        int deleted = delete(kind);
        if (deleted < BATCH) {
            held.get().move(Position.before(now));
        }
        return deleted;
    }

    private int delete(Kind kind) {
        return switch (kind) {
            case EVIDENCE -> evidence();
            case DEVICES ->
                leavingARecord(
                        kind,
                        now.minus(terms.devices()).minus(DEVICE_MARGIN),
                        before -> new Devices(em).purge(realmId, before, now, BATCH));
            case COUNTERS ->
                leavingARecord(
                        kind,
                        now.minus(COUNTERS),
                        before -> new Counters(em).purge(realmId, before, terms.few(), BATCH));
            case MARKS ->
                leavingARecord(
                        kind,
                        now.minus(terms.marks()),
                        before -> new Hostiles(em).deleteMarked(realmId, before, BATCH));
            case IDENTITIES ->
                leavingARecord(
                        kind, evidenceBefore(), before -> new Identities(em).deleteSuperseded(realmId, before, BATCH));
            case POSTAL_CODES ->
                leavingARecord(
                        kind,
                        now.minus(POSTAL_CODES),
                        before -> new PostalCodes(em).deleteExpired(realmId, before, BATCH));
            case NOTICE_ADDRESSES ->
                leavingARecord(kind, now, before -> new MailAddresses(em).deleteExpired(realmId, before, BATCH));
            case CREDENTIAL_OFFERS ->
                leavingARecord(kind, now, before -> new CredentialOffers(em).deleteExpired(realmId, before, BATCH));
            case FREEZES ->
                leavingARecord(kind, now.minus(ENDED), before -> new Freezes(em).deleteThawed(realmId, before, BATCH));
            case FREEZES_OF_NOBODY ->
                leavingARecord(kind, evidenceBefore(), before -> new Freezes(em).deleteGone(realmId, before, BATCH));
            case EXEMPTIONS ->
                leavingARecord(
                        kind, now.minus(EXEMPTIONS), before -> new Exemptions(em).deleteEnded(realmId, before, BATCH));
            case EXEMPTION_PROPOSALS ->
                leavingARecord(
                        kind, now.minus(ENDED), before -> new Exemptions(em).deleteStale(realmId, before, BATCH));
            case PROPOSALS ->
                leavingARecord(
                        kind,
                        now.minus(FourEyes.VALID),
                        before -> new Proposals(em).deleteStale(realmId, before, BATCH));
            case ACCESS_RULES ->
                leavingARecord(kind, now, before -> new StoredRules(em).deleteEnded(realmId, before, BATCH));
            case POSTPONEMENTS ->
                migrating()
                        ? 0
                        : leavingARecord(
                                kind,
                                now.minus(ENDED),
                                before -> new Postponements(em).deleteUnused(realmId, before, BATCH));
            case OPERATIONS ->
                leavingARecord(
                        kind,
                        now.minus(terms.operations()),
                        before -> new StoredOperations(em).deleteOld(realmId, before, BATCH));
            case SIGNALS ->
                leavingARecord(
                        kind, now.minus(SIGNALS), before -> new SignalParts(em).deleteOld(realmId, before, BATCH));
            case MESSAGES ->
                leavingARecord(kind, now.minus(MESSAGES), before -> new Outbox(em).deleteDone(realmId, before, BATCH));
            case DEAD_LETTERS ->
                leavingARecord(
                        kind, now.minus(DEAD_LETTERS), before -> new Outbox(em).deleteDead(realmId, before, BATCH));
        };
    }

    /** Whether anybody may still put anything off, today or on a later day. */
    private boolean migrating() {
        LocalDate today = now.atZone(terms.zone()).toLocalDate();
        List<Stage> stages = terms.migration().stages();
        return !stages.isEmpty()
                && Stream.of(true, false)
                        .anyMatch(second -> terms.migration()
                                .firstDay(Ask.CLOSED, second)
                                .filter(day -> !day.isAfter(today))
                                .isEmpty());
    }

    // FFAJ-2.2-S3
    private int leavingARecord(Kind kind, Instant before, Function<Instant, Optional<Deleted>> delete) {
        Optional<Deleted> deleted = delete.apply(before);
        deleted.ifPresent(batch -> new EvidenceLog(em)
                .append(Facts.deleted(realmId, kind.word(), batch, before, terms.policyVersion(), now)));
        return deleted.map(Deleted::rows).orElse(0);
    }

    private Instant evidenceBefore() {
        return terms.retention().evidenceBefore(now, terms.zone());
    }

    private int evidence() {
        Instant before = evidenceBefore();
        EvidenceLog log = new EvidenceLog(em);
        Optional<Deleted> deleted = log.deleteBefore(realmId, before, BATCH);
        deleted.ifPresent(
                batch -> log.append(Facts.evidenceDeleted(realmId, batch, before, terms.policyVersion(), now)));
        return deleted.map(Deleted::rows).orElse(0);
    }
}
