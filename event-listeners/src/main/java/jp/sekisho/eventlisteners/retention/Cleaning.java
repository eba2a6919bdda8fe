package jp.sekisho.eventlisteners.retention;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.retention.RetentionPolicy;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.cursor.Cursors.Held;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.identity.Identities;
import jp.sekisho.storage.identity.PostalCodes;

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

    enum Kind {
        EVIDENCE,
        DEVICES,
        COUNTERS,
        IDENTITIES,
        POSTAL_CODES,
        MARKS;

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
     * @param policyVersion stands on the deletion record
     */
    record Terms(
            RetentionPolicy retention, ZoneId zone, Duration devices, Duration marks, int few, String policyVersion) {

        static Terms of(Optional<RealmPolicy> policy) {
            Profile profile = policy.map(RealmPolicy::profile).orElseGet(RealmPolicies::shipped);
            return new Terms(
                    profile.retention(),
                    profile.risk().zone(),
                    profile.device().remember(),
                    profile.freeze().marks(),
                    profile.lockout().throttleAfter(),
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
                new Devices(em).purge(realmId, now.minus(terms.devices()).minus(DEVICE_MARGIN), now, BATCH);
            case COUNTERS -> new Counters(em).purge(realmId, now.minus(COUNTERS), terms.few(), BATCH);
            case MARKS -> new Hostiles(em).purge(realmId, now.minus(terms.marks()));
            case IDENTITIES ->
                leavingARecord(
                        kind, evidenceBefore(), before -> new Identities(em).deleteSuperseded(realmId, before, BATCH));
            case POSTAL_CODES ->
                leavingARecord(
                        kind,
                        now.minus(POSTAL_CODES),
                        before -> new PostalCodes(em).deleteExpired(realmId, before, BATCH));
        };
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
