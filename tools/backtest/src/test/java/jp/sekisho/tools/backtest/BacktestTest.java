package jp.sekisho.tools.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BacktestTest {

    private static final String HOME = "203.0.113.7,JP,-,-,2516,Mozilla/5.0,Chrome 80.0.1,Windows 10,desktop";
    private static final String ABROAD = "198.51.100.9,BR,-,-,28573,curl/7,Firefox 70.1,Linux,desktop";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> rows = new ArrayList<>();

    /** Fourteen evenings at home, then a takeover from abroad. */
    @BeforeEach
    void a_fortnight() {
        for (int day = 1; day <= 14; day++) {
            rows.add(row(day, "2020-03-%02d 12:00:00.123".formatted(day), "-42", HOME, "True,False,False"));
        }
        rows.add(row(15, "2020-03-15 12:00:00.123", "-42", ABROAD, "True,True,True"));
    }

    @Test
    void who_is_asked_and_what_is_stopped() throws IOException {
        Scores scores = Replay.of(LoginFile.read(file(rows)), Attacks.EITHER, RiskPolicy.standard());
        Result medium = Result.atLevel(scores, Level.MEDIUM);
        // Learned after three days, and unknown until three logins were learned: asked on the first five.
        assertThat(Arrays.stream(medium.groups()).map(g -> g.label() + ": " + g.asked() + "/" + g.honest()))
                .containsExactly("0: 1/1", "1-2: 2/2", "3-11: 2/9", "12+: 0/2", "all: 5/14");
        assertThat(Arrays.stream(medium.groups()).map(g -> g.stopped() + "/" + g.attacks()))
                .containsExactly("0/0", "0/0", "0/0", "1/1", "1/1");
        for (Model model : Model.values()) {
            Result all = Result.atStopRate(scores, model, 1);
            assertThat(all.groups()[4].stopped()).isEqualTo(1);
            assertThat(all.groups()[3].asked()).as(model.label()).isZero();
        }
    }

    @Test
    void the_order_of_the_file_does_not_matter() throws IOException {
        Scores sorted = Replay.of(LoginFile.read(file(rows)), Attacks.EITHER, RiskPolicy.standard());
        Collections.shuffle(rows, new Random(7));
        Scores shuffled = Replay.of(LoginFile.read(file(rows)), Attacks.EITHER, RiskPolicy.standard());
        for (Model model : Model.values()) {
            assertThat(shuffled.sorted(model, false, null)).containsExactly(sorted.sorted(model, false, null));
            assertThat(shuffled.sorted(model, true, null)).containsExactly(sorted.sorted(model, true, null));
        }
    }

    @Test
    void columns_are_found_by_name() throws IOException {
        Path file = Files.writeString(
                folder.resolve("other.csv"),
                "User ID,Login Timestamp,Is Account Takeover,Is Attack IP,Login Successful,Device Type,"
                        + "OS Name and Version,Browser Name and Version,User Agent String,ASN,Country,IP Address\n"
                        + "7,1580733810772,false,false,true,,Android 4.1,Chrome Mobile 46.0.2490,Moz,29695,NO,2001:db8::1\n");
        Logins logins = LoginFile.read(file);
        assertThat(logins.time(0)).isEqualTo(1_580_733_810_772L);
        assertThat(logins.addresses.value(logins.address(0)).prefix()).isEqualTo("2001:db8::/48");
        assertThat(logins.countries.value(logins.country(0))).isEqualTo("NO");
        assertThat(logins.successful(0)).isTrue();
        assertThat(logins.takeover(0)).isFalse();
    }

    @Test
    void the_command_prints_and_writes() throws IOException {
        Path csv = folder.resolve("out.csv");
        Path html = folder.resolve("out.html");
        int code = run(
                file(rows).toString(),
                "--stop-rate=1",
                "--threshold=0,2.5",
                "--attacks=takeover",
                "--csv=" + csv,
                "--html=" + html);
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("15 attempts of 1 customers; 14 honest logins and 1 attacks (takeover) scored")
                .contains("Sekisho: score >= 2.500")
                .contains("plain Freeman: stops 100.00 % of attacks");
        assertThat(Files.readAllLines(csv))
                .startsWith("model,criterion,threshold,earlier logins,attacks,attacks stopped,share stopped,"
                        + "honest logins,honest asked,share asked")
                .contains("Sekisho,policy MEDIUM or more,,all,1,1,1.0,14,5,0.35714285714285715");
        String page = Files.readString(html);
        assertThat(page).doesNotContain("src=", "href=", "http");
        List<String> pictures = Arrays.stream(page.split("<svg ")).skip(1).toList();
        assertThat(pictures).as("of all honest logins, of those with a history").hasSize(2);
        for (String picture : pictures) {
            assertThat(picture)
                    .contains("Sekisho, area 1.000", "plain Freeman, area ", "honest logins asked", "attacks stopped");
            // Each curve leads from where nobody is asked to where everybody is.
            assertThat(Pattern.compile("<polyline [^>]*points=\"48\\.0,[0-9., ]* 408\\.0,48\\.0 \"/>")
                            .matcher(picture)
                            .results())
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2020-03-02 25:00:00;203.0.113.7;2516;True;row 2 (line 3): \"Login Timestamp\" must be a time",
                "1920-03-02 12:00:00;203.0.113.7;2516;True;row 2 (line 3): \"Login Timestamp\" must lie between",
                ";203.0.113.7;2516;True;row 2 (line 3): \"Login Timestamp\" must not be empty",
                "2020-03-02 12:00:00;203.0.113.777;2516;True;row 2 (line 3): \"IP Address\" must be",
                "2020-03-02 12:00:00;203.0.113.0/24;2516;True;row 2 (line 3): \"IP Address\" must be",
                "2020-03-02 12:00:00;203.0.113.7;AS2516;True;row 2 (line 3): \"ASN\" must be a number",
                "2020-03-02 12:00:00;203.0.113.7;2516;yes;row 2 (line 3): \"Login Successful\" must be true or false",
            })
    void a_bad_row_is_named(String time, String address, String asn, String successful, String message)
            throws IOException {
        String bad = "2," + (time == null ? "" : time) + ",-42,," + address + ",JP,-,-," + asn
                + ",Mozilla,Chrome 80,Windows 10,desktop," + successful + ",False,False";
        assertThat(run(file(List.of(rows.get(0), bad)).toString())).isEqualTo(1);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void a_short_row_an_open_quote_and_an_empty_file_are_named() throws IOException {
        assertThat(run(file(List.of(rows.get(0), "2,2020-03-02 12:00:00,-42")).toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("row 2");
        err.getBuffer().setLength(0);
        assertThat(run(file(List.of(rows.get(0), "2,\"2020-03-02")).toString())).isEqualTo(1);
        assertThat(err.toString()).contains("row 2");
        err.getBuffer().setLength(0);
        assertThat(run(Files.writeString(folder.resolve("empty.csv"), "").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("empty");
        err.getBuffer().setLength(0);
        assertThat(run(file(List.of()).toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no logins");
        err.getBuffer().setLength(0);
        assertThat(run(folder.resolve("absent.csv").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("no readable file");
    }

    @Test
    void missing_columns_are_all_named() throws IOException {
        Path file = Files.writeString(folder.resolve("few.csv"), "User ID,IP Address\n1,203.0.113.7\n");
        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("the header lacks \"Login Timestamp\", \"Country\"");
    }

    @Test
    void wrong_usage_is_told_apart() throws IOException {
        assertThat(run(file(rows).toString(), "--stop-rate=7")).isEqualTo(2);
        assertThat(err.toString()).contains("--stop-rate must be between 0 and 1");
        err.getBuffer().setLength(0);
        assertThat(run(file(rows).toString(), "--learn-after=-PT1H")).isEqualTo(2);
        assertThat(err.toString()).contains("--learn-after").contains("learning.monitorAfter");
    }

    @Test
    void synthetic_logins_can_be_replayed_and_are_the_same_for_the_same_seed() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");
        SyntheticLogins.write(one, 5_000, 1);
        SyntheticLogins.write(two, 5_000, 1);
        assertThat(one).hasSameTextualContentAs(two);
        Scores scores = Replay.of(LoginFile.read(one), Attacks.EITHER, RiskPolicy.standard());
        assertThat(scores.size()).isBetween(4_000, 5_000);
    }

    private int run(String... arguments) {
        CommandLine command = Backtest.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }

    private Path file(List<String> lines) throws IOException {
        List<String> text = new ArrayList<>(List.of(SyntheticLogins.HEADER));
        text.addAll(lines);
        return Files.write(folder.resolve("logins.csv"), text);
    }

    private static String row(int index, String time, String user, String from, String flags) {
        return index + "," + time + "," + user + ",," + from + "," + flags;
    }
}
