package jp.sekisho.demo.stage;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import jp.sekisho.demo.tour.Tour;
import jp.sekisho.stack.net.PortTaken;
import jp.sekisho.stack.process.ProcessFailed;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo's command. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Starts a stock Keycloak with Sekisho, a trading app and a mail inbox on this machine.",
        footer = {
            "",
            "Ports, from the environment: SEKISHO_HTTP_PORT (8080), SEKISHO_APP_PORT (8090),",
            "SEKISHO_INBOX_PORT (8025), SEKISHO_MANAGEMENT_PORT (9000)."
        })
public final class Demo implements Callable<Integer> {

    // Also where no locale is set, as in a bare container: terminals understand UTF-8.
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    @Option(
            names = "--keep",
            description = "go on with the database of the last time",
            scope = CommandLine.ScopeType.INHERIT)
    private boolean keep;

    private static volatile boolean stopping;

    public static void main(String[] arguments) {
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Demo()).setExecutionExceptionHandler((failure, command, parsed) -> explain(failure));
    }

    /** Runs until it is stopped. */
    @Override
    public Integer call() throws Exception {
        try (Stage stage = start()) {
            OUT.println(new Welcome(stage.settings()).text());
            Runtime.getRuntime().addShutdownHook(new Thread(Demo::sayStopping, "say-stopping"));
            stage.brokenDown().join();
            if (stopping) {
                return 0;
            }
            System.err.println("A server ended by itself; its log is in .sekisho/demo");
            return 1;
        }
    }

    @Command(
            name = "tour",
            mixinStandardHelpOptions = true,
            description = "Starts the same, walks the story in a headless browser and tells what happened.")
    int tour() throws Exception {
        try (Stage stage = start()) {
            Tour.World world = new Tour.World(
                    stage.settings().keycloak(),
                    stage.settings().app(),
                    stage.keycloak().admin(),
                    stage.inbox());
            return Tour.walk(world, OUT) ? 0 : 1;
        }
    }

    @Command(
            name = "stack",
            mixinStandardHelpOptions = true,
            description = "Starts two nodes on PostgreSQL behind one proxy instead, as docker/compose.yaml does.")
    int stack() throws Exception {
        Settings settings = Settings.from(System.getenv());
        settings.requireFree();
        try (TwoNodes nodes = TwoNodes.start(settings, BuildFiles.read(), new Progress(OUT))) {
            OUT.println(nodes.welcome());
            Runtime.getRuntime().addShutdownHook(new Thread(Demo::sayStopping, "say-stopping"));
            nodes.allDown().join();
            if (stopping) {
                return 0;
            }
            System.err.println("Both nodes ended by themselves; their logs are in .sekisho/stack");
            return 1;
        }
    }

    private Stage start() throws Exception {
        Settings settings = Settings.from(System.getenv());
        settings.requireFree();
        return Stage.start(settings, BuildFiles.read(), new Progress(OUT), keep);
    }

    private static void sayStopping() {
        stopping = true;
        OUT.println("\nStopping …");
    }

    /** What the person at the keyboard can do something about gets a sentence, everything else its stack trace. */
    private static int explain(Exception failure) {
        if (failure instanceof PortTaken
                || failure instanceof Settings.Unusable
                || failure instanceof Stage.Occupied
                || failure instanceof ProcessFailed) {
            System.err.println(failure.getMessage());
        } else {
            failure.printStackTrace();
        }
        return 1;
    }
}
