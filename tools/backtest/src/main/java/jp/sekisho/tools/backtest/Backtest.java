package jp.sekisho.tools.backtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sekisho-backtest}: what the risk model would have stopped, and whom it would have asked. */
// JP25-10: the policy is reviewed on the firm's own data.
@Command(
        name = "sekisho-backtest",
        mixinStandardHelpOptions = true,
        version = "sekisho-backtest 0.1.0",
        sortOptions = false,
        description = {
            "Replays logins in time order through the risk engine and prints the share of attacks stopped and how"
                    + " often honest customers would be asked again, beside the plain Freeman score.",
            "The device token is not part of such data: with it, honest customers are asked less.",
            "",
            "Of records of the pack's own evidence log it decides again what was decided, operations of apps as well, by"
                    + " the cuts and requirements of --policy, and prints both side by side."
        },
        footer = {
            "",
            "The file is CSV in the columns of the public RBA data set (github.com/das-group/rba-dataset), or records of",
            "the evidence log, one a line; with the latter go --policy and --csv only.",
            "Exit codes: 0 done, 1 the file cannot be used, 2 wrong usage."
        })
public final class Backtest implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the logins, or records of the evidence log")
    private Path file;

    @Option(
            names = "--threshold",
            split = ",",
            paramLabel = "NATS",
            description = "stop and ask from these scores on; default: the cuts of the policy")
    private List<Double> thresholds = List.of();

    @Option(
            names = "--stop-rate",
            split = ",",
            paramLabel = "SHARE",
            description = "where these shares of the attacks are stopped, 0 to 1; default: 0.5,0.9,0.95,0.99")
    private List<Double> stopRates = List.of(0.5, 0.9, 0.95, 0.99);

    @Option(
            names = "--ask-rate",
            split = ",",
            paramLabel = "SHARE",
            description = "where at most these shares of the honest logins with 12 or more earlier ones are asked;"
                    + " default: 0.05,0.0005")
    private List<Double> askRates = List.of(0.05, 0.0005);

    @Option(
            names = "--attacks",
            paramLabel = "WHICH",
            description = "what counts as an attack: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Attacks attacks = Attacks.EITHER;

    @Option(
            names = "--learn-after",
            paramLabel = "DURATION",
            description = "a login is learned when so old, ISO 8601; default: ${DEFAULT-VALUE}")
    private Duration learnAfter = RiskPolicy.standard().learning().monitorAfter();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "what is to be tried on records of the evidence log: JSON as the policy's \"changes\", of it"
                    + " requirements, risk.cuts, anomaly.cuts")
    private Path policyFile;

    @Option(names = "--csv", paramLabel = "FILE", description = "write the numbers here")
    private Path csv;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with the two ROC curves here")
    private Path html;

    private Backtest() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command as it is run, for who runs it elsewhere. */
    public static CommandLine commandLine() {
        return new CommandLine(new Backtest())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof InputException || e instanceof IOException) {
                        command.getErr().println("sekisho-backtest: " + e.getMessage());
                        return 1;
                    }
                    throw e;
                });
    }

    @Override
    public Integer call() throws IOException {
        if (DecisionFile.is(file)) {
            return again();
        }
        if (policyFile != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--policy goes with records of the evidence log only");
        }
        shares("--stop-rate", stopRates);
        shares("--ask-rate", askRates);
        RiskPolicy policy = policy();
        PrintWriter out = spec.commandLine().getOut();
        Logins logins = LoginFile.read(file);
        Scores scores = Replay.of(logins, attacks, policy);
        String source = String.format(
                Locale.ROOT,
                "%s: %,d attempts of %,d customers; %,d honest logins and %,d attacks (%s) scored",
                file.getFileName(),
                logins.size(),
                logins.users.size(),
                scores.sorted(Model.SEKISHO, false, null).length,
                scores.sorted(Model.SEKISHO, true, null).length,
                attacks.name().toLowerCase(Locale.ROOT));
        List<Result> results = results(scores, policy);
        out.println(source);
        Report.print(out, results);
        if (csv != null) {
            Report.csv(csv, results);
        }
        if (html != null) {
            HtmlPage.write(html, source, results, scores);
        }
        return 0;
    }

    private int again() throws IOException {
        CommandLine.ParseResult asked = spec.commandLine().getParseResult();
        for (String name :
                List.of("--threshold", "--stop-rate", "--ask-rate", "--attacks", "--learn-after", "--html")) {
            if (asked.hasMatchedOption(name)) {
                throw new CommandLine.ParameterException(spec.commandLine(), name + " goes with a file of logins only");
            }
        }
        PolicyFile policy = policyFile == null ? PolicyFile.unchanged() : PolicyFile.read(policyFile);
        DecisionFile.Log log = DecisionFile.read(file);
        Comparison comparison = Comparison.of(log, policy);
        PrintWriter out = spec.commandLine().getOut();
        List<PastDecision> decisions = log.decisions();
        out.printf(
                Locale.ROOT,
                "%s: %,d decisions on %,d customers from %s to %s; %,d of them of monitor mode%n",
                file.getFileName(),
                decisions.size(),
                decisions.stream().map(PastDecision::customer).distinct().count(),
                decisions.stream()
                        .map(PastDecision::at)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                decisions.stream()
                        .map(PastDecision::at)
                        .max(Comparator.naturalOrder())
                        .orElseThrow(),
                decisions.stream().filter(past -> !past.enforced()).count());
        comparison.print(out);
        if (csv != null) {
            comparison.csv(csv);
        }
        return 0;
    }

    private List<Result> results(Scores scores, RiskPolicy policy) {
        List<Result> results = new ArrayList<>();
        results.add(Result.atLevel(scores, Level.MEDIUM));
        results.add(Result.atLevel(scores, Level.HIGH));
        List<Double> cuts = thresholds.isEmpty()
                ? List.of(policy.cuts().medium(), policy.cuts().high())
                : thresholds;
        for (double threshold : cuts) {
            for (Model model : Model.values()) {
                results.add(Result.atThreshold(scores, model, threshold));
            }
        }
        for (double rate : stopRates) {
            for (Model model : Model.values()) {
                results.add(Result.atStopRate(scores, model, rate));
            }
        }
        for (double rate : askRates) {
            for (Model model : Model.values()) {
                results.add(Result.atAskRate(scores, model, rate));
            }
        }
        return results;
    }

    private RiskPolicy policy() {
        RiskPolicy standard = RiskPolicy.standard();
        try {
            return standard.learningWith(new RiskPolicy.LearningRules(
                    standard.learning().after(), learnAfter, standard.learning().lowWeight()));
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--learn-after: " + e.getMessage());
        }
    }

    private void shares(String option, List<Double> shares) {
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), option + " must be between 0 and 1, was " + share);
            }
        }
    }
}
