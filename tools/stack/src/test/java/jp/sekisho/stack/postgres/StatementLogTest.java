package jp.sekisho.stack.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.stack.postgres.StatementLog.Transaction;
import org.junit.jupiter.api.Test;

class StatementLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theFrameOfATransactionIsNoStatement() throws IOException {
        assertThat(transactions(
                        line(1, "1/1", "execute <unnamed>: BEGIN"),
                        line(1, "1/1", "execute S_1: insert into a values ($1)"),
                        line(2, "2/1", "execute <unnamed>: select 1 from b"),
                        line(1, "1/1", "execute S_1: insert into d values ($1)"),
                        line(1, "1/1", "execute S_2: COMMIT"),
                        line(1, "1/2", "statement: select\n x from c"),
                        line(1, "1/2", "duration: 3 ms")))
                .containsExactly(
                        new Transaction(List.of("insert into a values ($1)", "insert into d values ($1)")),
                        new Transaction(List.of("select 1 from b")),
                        new Transaction(List.of("select x from c")));
    }

    @Test
    void aBatchIsCountedOnceAndAReadTwiceIsTwoStatements() {
        Transaction written = new Transaction(List.of("insert into a", "insert into a", "update b", "insert into a"));
        assertThat(written.batched()).containsExactly("insert into a", "update b", "insert into a");
        Transaction read = new Transaction(List.of("select x from c", "select x from c"));
        assertThat(read.batched()).isEqualTo(read.statements());
    }

    @Test
    void aMessageThatIsPutInIsTheRequestsAndOneThatIsTakenIsAWorkers() {
        assertThat(new Transaction(List.of("insert into SEKISHO_OUTBOX (ID) values ($1)")).ofWorker())
                .isFalse();
        assertThat(new Transaction(List.of("select x", "update SEKISHO_OUTBOX oe1_0 set state=$1")).ofWorker())
                .isTrue();
    }

    @Test
    void aLineThatIsBeingWrittenIsNotReadYet() throws IOException {
        String line = line(1, "1/1", "statement: select x from c");
        assertThat(transactions(line, line.substring(0, line.length() / 2)))
                .containsExactly(new Transaction(List.of("select x from c")));
    }

    private static List<Transaction> transactions(String... lines) throws IOException {
        return StatementLog.transactions(
                Stream.of(lines).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(int pid, String transaction, String message) throws IOException {
        return JSON.writeValueAsString(Map.of("pid", pid, "vxid", transaction, "message", message));
    }
}
