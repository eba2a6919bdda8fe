package jp.sekisho.eventlisteners.notice;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.schema.RowId;

/** That a customer was told, or could not be, in the evidence log: what was told, when, on which channel; not to whom. */
// FFAJ-3-S3, FFAJ-1.2-S2
final class NoticeFacts {

    /** Their subject is the id of a decision. */
    private static final Set<String> OF_A_DECISION = Stream.of(
                    Notice.LOGIN, Notice.NEW_DEVICE, Notice.STEP_UP_PASSED, Notice.LOGIN_REFUSED)
            .map(Notice::code)
            .collect(Collectors.toUnmodifiableSet());

    private static final int ID_LENGTH = 36;

    private final EvidenceLog log;
    private final Instant now;

    NoticeFacts(EvidenceLog log, Instant now) {
        this.log = log;
        this.now = now;
    }

    /** @param customer pseudonym; empty where it was not found out */
    void write(Taken taken, Optional<String> customer, String result) {
        String id = RowId.next();
        Optional<String> decision = decision(taken);
        Map<String, String> content = new TreeMap<>(Map.of(
                "id", id,
                "kind", EvidenceRow.Kind.NOTICE.name(),
                "realm", taken.message().realmId(),
                "at", now.toString(),
                "notice", taken.message().notice(),
                "channel", taken.message().channel(),
                "message", taken.id(),
                "occurredAt", taken.message().createdAt().toString(),
                "attempt", Integer.toString(taken.attempt()),
                "result", result));
        customer.ifPresent(pseudonym -> content.put("customer", pseudonym));
        decision.ifPresent(about -> content.put("decision", about));
        log.append(new EvidenceRow(
                id,
                taken.message().realmId(),
                EvidenceRow.Kind.NOTICE,
                decision,
                now,
                EvidenceRow.Index.of(customer, Optional.empty(), Optional.of(result), Optional.empty()),
                RecordJson.write(content)));
    }

    private static Optional<String> decision(Taken taken) {
        if (!OF_A_DECISION.contains(taken.message().notice())) {
            return Optional.empty();
        }
        String subject =
                NoticePayload.fromJson(taken.message().payload()).values().subject();
        return Optional.of(subject).filter(id -> id.length() == ID_LENGTH);
    }
}
