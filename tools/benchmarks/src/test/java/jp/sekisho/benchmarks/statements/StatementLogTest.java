package jp.sekisho.benchmarks.statements;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.benchmarks.statements.StatementLog.Transaction;
import org.junit.jupiter.api.Test;

class StatementLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aBatchIsOneStatementAndTheFrameOfATransactionIsNone() throws IOException {
        assertThat(transactions(
                        line(1, "1/1", "execute <unnamed>: BEGIN"),
                        line(1, "1/1", "execute S_1: insert into a values ($1)"),
                        line(2, "2/1", "execute <unnamed>: select 1 from b"),
                        line(1, "1/1", "execute S_1: insert into a values ($1)"),
                        line(1, "1/1", "execute S_2: COMMIT"),
                        line(1, "1/2", "statement: select\n x from c"),
                        line(1, "1/2", "duration: 3 ms")))
                .containsExactly(
                        new Transaction(List.of("insert into a values ($1)")),
                        new Transaction(List.of("select 1 from b")),
                        new Transaction(List.of("select x from c")));
    }

    @Test
    void aReadTwiceIsTwoStatements() throws IOException {
        assertThat(transactions(
                        line(1, "1/1", "execute <unnamed>: select x from c"),
                        line(1, "1/1", "execute <unnamed>: select x from c")))
                .containsExactly(new Transaction(List.of("select x from c", "select x from c")));
    }

    private static List<Transaction> transactions(String... lines) throws IOException {
        return StatementLog.transactions(
                Stream.of(lines).collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(int pid, String transaction, String message) throws IOException {
        return JSON.writeValueAsString(Map.of("pid", pid, "vxid", transaction, "message", message));
    }
}
