package jp.sekisho.tools.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What would have been decided by other thresholds. The rows are as the evidence log has them. */
// JP25-10
class DecisionsAgainTest {

    private static final String USUAL = signal("usual-place", "PLACE", -1) + "," + signal("known-device", "DEVICE", -2);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static String signal(String reason, String block, double nats) {
        return "{\"block\":\"%s\",\"nats\":%s,\"reason\":\"%s\"}".formatted(block, nats, reason);
    }

    private static String row(
            String id, String operation, double score, String level, String signals, String outcome, String more) {
        return """
                {"at":"2026-11-01T00:00:00Z","customer":"%s","enforced":true,"id":"%s","operation":"%s","outcome":"%s",\
                "policyVersion":"jp-2025:4711","requirement":"NOTHING","risk":{"level":"%s","score":%s,"signals":[%s]}%s}""".formatted("customer of " + id, id, operation, outcome, level, score, signals, more);
    }

    private static String order(String id, double nats, String level, String outcome, String more) {
        return row(
                id,
                "TRADE",
                nats,
                level,
                USUAL + "," + signal("unusual-amount", "MONEY", nats),
                outcome,
                ",\"wayOut\":false" + more);
    }

    @Test
    void by_the_policy_that_decided_nothing_changes() throws IOException {
        String log = log(
                order("usual", 0.2, "LOW", "ALLOW", ""),
                order("asked", 3.5, "MEDIUM", "STEP_UP", ""),
                order("confirmed-before", 3.5, "MEDIUM", "ALLOW", ",\"windowOpen\":true"),
                order("frozen", 0.2, "LOW", "DENY", ",\"cause\":\"frozen\""),
                order("held", 0.2, "LOW", "DENY", ",\"cause\":\"held\",\"holdUntil\":\"2026-11-02T00:00:00Z\""),
                row("out", "TRADE", 0, "LOW", USUAL, "ALLOW", ",\"wayOut\":true"),
                row("paid", "WITHDRAWAL", 0, "LOW", USUAL, "STEP_UP", ",\"wayOut\":false"),
                row(
                        "waits",
                        "WITHDRAWAL",
                        0,
                        "LOW",
                        USUAL,
                        "HOLD",
                        ",\"cause\":\"payee-wait\",\"holdUntil\":\"2026-11-02T00:00:00Z\""),
                row(
                        "waited",
                        "TRADE",
                        0,
                        "MEDIUM",
                        USUAL,
                        "STEP_UP",
                        ",\"wayOut\":false,\"earlier\":{\"level\":\"MEDIUM\",\"requirement\":\"STRONGEST_FACTOR\"}"),
                row("doubtful", "BANK_ACCOUNT_CHANGE", 0, "LOW", USUAL, "HOLD", ",\"cause\":\"payee-review\""),
                row("came-in", "LOGIN", -3, "LOW", USUAL, "STEP_UP", ""),
                row("stopped", "LOGIN", -3, "LOW", USUAL, "DENY", ""),
                row("new", "LOGIN", -3, "MEDIUM", USUAL + "," + signal("little-history", "RULE", 0), "STEP_UP", ""));
        assertThat(run(log)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("13 decisions on 13 customers").doesNotContain("->");
    }

    @Test
    void other_cuts_ask_others() throws IOException {
        String log = log(
                order("usual", 0.2, "LOW", "ALLOW", ""),
                order("a bit more", 0.8, "LOW", "ALLOW", ""),
                order("much more", 3.5, "MEDIUM", "STEP_UP", ""),
                "{\"kind\":\"DISOWNED\",\"decision\":\"a bit more\"}",
                "{\"kind\":\"RESULT\",\"decision\":\"usual\",\"result\":\"EXECUTED\"}");
        Path csv = folder.resolve("out.csv");
        assertThat(run(log, "--policy=" + policy("{\"anomaly\":{\"cuts\":{\"medium\":0.5}}}"), "--csv=" + csv))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .containsPattern("TRADE +as it was +would be")
                .containsPattern("LOW ALLOW +2 +1")
                .containsPattern("MEDIUM STEP_UP +1 +2")
                .contains("LOW ALLOW -> MEDIUM STEP_UP: 1 of 1 customers, 1 of them disowned");
        assertThat(Files.readAllLines(csv))
                .containsExactly(
                        "operation,level before,decision before,level after,decision after,decisions,customers,disowned",
                        "TRADE,LOW,ALLOW,LOW,ALLOW,1,1,0",
                        "TRADE,LOW,ALLOW,MEDIUM,STEP_UP,1,1,1",
                        "TRADE,MEDIUM,STEP_UP,MEDIUM,STEP_UP,1,1,0");
    }

    /** One thing alone, however odd, is never HIGH. */
    @Test
    void a_high_level_needs_two_blocks() throws IOException {
        String two = signal("unusual-amount", "MONEY", 3.5) + "," + signal("new-instrument", "MARKET", 1);
        String log = log(
                order("one block", 4.5, "MEDIUM", "STEP_UP", ""),
                row("two blocks", "TRADE", 4.5, "MEDIUM", two, "STEP_UP", ",\"wayOut\":false"));
        run(
                log,
                "--policy="
                        + policy(
                                "{\"anomaly\":{\"cuts\":{\"high\":4}},\"requirements\":{\"TRADE\":{\"HIGH\":\"REFUSED\"}}}"));
        assertThat(out.toString())
                .contains("MEDIUM STEP_UP -> HIGH DENY: 1 of 1 customers")
                .containsPattern("MEDIUM STEP_UP +2 +1");
    }

    @Test
    void other_requirements_ask_for_more_and_no_way_out_is_shut() throws IOException {
        String log = log(
                order("usual", 0.2, "LOW", "ALLOW", ""),
                row("out", "TRADE", 0, "LOW", USUAL, "ALLOW", ",\"wayOut\":true"));
        run(log, "--policy=" + policy("{\"requirements\":{\"TRADE\":{\"LOW\":\"PHISHING_RESISTANT\"}}}"));
        assertThat(out.toString()).contains("LOW ALLOW -> LOW STEP_UP: 1 of 1 customers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '|',
            value = {
                "{\"risk\":{\"place\":{}}};risk.place cannot be tried on a log",
                "{\"lockout\":{}};lockout cannot be tried on a log",
                "{\"anomaly\":{\"cuts\":{\"medium\":9,\"high\":1}}};cuts.high",
                "{\"requirements\":{\"TRADE\":{\"LOW\":\"PLEASE\"}}};PLEASE",
                "{;Unexpected end",
            })
    void a_policy_that_cannot_be_tried_is_named(String policy, String message) throws IOException {
        assertThat(run(log(order("usual", 0.2, "LOW", "ALLOW", "")), "--policy=" + policy(policy)))
                .isEqualTo(1);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void a_bad_line_is_named() throws IOException {
        String good = order("usual", 0.2, "LOW", "ALLOW", "");
        assertThat(run(log(good, "{"))).isEqualTo(1);
        assertThat(err.toString()).contains("line 2: no record");
        assertThat(run(log(good, "", good.replace("MONEY", "MAGIC")))).isEqualTo(1);
        assertThat(err.toString())
                .contains("line 3: no decision of this version")
                .contains("MAGIC");
        assertThat(run(log(good.replace("jp-2025:", "own:")))).isEqualTo(1);
        assertThat(err.toString()).contains("own: no profile of this version");
        assertThat(run(log("{\"kind\":\"NOTICE\"}"))).isEqualTo(1);
        assertThat(err.toString()).contains("no decisions");
        assertThat(run(log(good), "--threshold=1")).isEqualTo(2);
        assertThat(err.toString()).contains("--threshold goes with a file of logins only");
    }

    private int run(String... arguments) {
        CommandLine command = Backtest.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private String log(String... lines) throws IOException {
        return Files.write(folder.resolve("log.jsonl"), new ArrayList<>(List.of(lines)))
                .toString();
    }

    private String policy(String changes) throws IOException {
        return Files.writeString(folder.resolve("policy.json"), changes).toString();
    }
}
