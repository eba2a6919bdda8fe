package jp.sekisho.checkpoint.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Risk;
import org.junit.jupiter.api.Test;

// FFAJ-1.2-B2, FFAJ-3-S2
class JudgedTest {

    private static final Judged UNSEEN = judged(Field.notCollected(), 0);

    /** Where the customer always is, less speaks against him than where nobody knows where he is. */
    @Test
    void whereAnAppSaysThatHeIsIsWhatRulesLookAtHoweverUsual() {
        Judged usual = judged(ClientAddresses.asserted("203.0.113.7"), -3);
        assertThat(UNSEEN.and(usual)).isEqualTo(new Judged(usual.evidence(), UNSEEN.risk()));
    }

    @Test
    void whatSpeaksAgainstHimByTheAppsWordCounts() {
        Judged strange = judged(ClientAddresses.asserted("198.51.100.7"), 4);
        assertThat(UNSEEN.and(strange)).isEqualTo(strange);
    }

    private static Judged judged(Field<ClientAddress> address, double score) {
        return new Judged(
                new Evidence(
                        Operation.TRADE,
                        Instant.EPOCH,
                        address,
                        Field.notCollected(),
                        Field.notCollected(),
                        Field.notCollected(),
                        Field.notCollected(),
                        new Failures(0, 0, 0)),
                new Risk(score, 0.5, false, Level.LOW, List.of(), List.of()));
    }
}
