package jp.sekisho.realmconfig;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.server.Credentials;
import jp.sekisho.realmconfig.server.ServerRefused;
import jp.sekisho.realmconfig.shipped.ShippedRealm;
import jp.sekisho.realmconfig.update.LiveRealm;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sekisho apply}: brings the shipped realm configuration to an existing Keycloak. */
@Command(
        name = "sekisho apply",
        description = "Brings Sekisho's realm configuration to an existing Keycloak. It changes what differs, deletes"
                + " nothing that the firm added, and can be run again at any time.",
        footer = {
            "",
            "The firm's own values are read from the environment: SEKISHO_FIRM_NAME, SEKISHO_APP_URL.",
            "Exit codes: 0 nothing differs (any more), 2 differences (--dry-run), 1 it failed, 64 wrong arguments."
        },
        sortOptions = false,
        exitCodeOnInvalidInput = 64)
public final class Apply implements Callable<Integer> {

    private static final int SAME = 0;
    private static final int FAILED = 1;
    private static final int DIFFERENT = 2;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            required = true,
            paramLabel = "<url>",
            description = "Keycloak's address, such as https://id.example.jp")
    private URI server;

    @Option(
            names = "--realm",
            defaultValue = "broker",
            paramLabel = "<name>",
            description = "the realm to bring to the shipped configuration; created if it does not exist"
                    + " (default: ${DEFAULT-VALUE})")
    private String realm;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Login login;

    @Option(names = "--dry-run", description = "only print the differences, as path: is → shall")
    private boolean dryRun;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help")
    private boolean help;

    private static final class Login {
        @ArgGroup(exclusive = false)
        private Administrator administrator;

        @ArgGroup(exclusive = false)
        private ServiceAccount serviceAccount;

        Credentials credentials() throws IOException {
            return administrator != null
                    ? new Credentials.Administrator(administrator.user, secret(administrator.passwordFile))
                    : new Credentials.ServiceAccount(serviceAccount.clientId, secret(serviceAccount.secretFile));
        }

        /** Secrets come from files: an argument could be read by everybody on the machine. */
        private static String secret(Path file) throws IOException {
            return Files.readString(file).strip();
        }
    }

    private static final class Administrator {
        @Option(names = "--user", required = true, paramLabel = "<name>", description = "administrator of master")
        private String user;

        @Option(
                names = "--password-file",
                required = true,
                paramLabel = "<file>",
                description = "file with the password")
        private Path passwordFile;
    }

    private static final class ServiceAccount {
        @Option(
                names = "--client-id",
                required = true,
                paramLabel = "<id>",
                description = "client of master with a service account")
        private String clientId;

        @Option(
                names = "--client-secret-file",
                required = true,
                paramLabel = "<file>",
                description = "file with the secret")
        private Path secretFile;
    }

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    /** The command, for who runs it within a program. */
    public static CommandLine command() {
        return new CommandLine(new Apply()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(sentence(failure));
            return FAILED;
        });
    }

    private static String sentence(Exception failure) {
        return failure instanceof IOException
                ? "The file with the secret cannot be read: " + failure.getMessage()
                : failure instanceof ServerRefused ? failure.getMessage() : failure.toString();
    }

    @Override
    public Integer call() throws IOException {
        var shipped = ShippedRealm.read(realm, System.getenv());
        var live = new LiveRealm(new AdminServer(server, login.credentials(), Clock.systemUTC()), realm);
        return dryRun ? compare(live, shipped) : bring(live, shipped);
    }

    private int compare(LiveRealm live, ShippedRealm shipped) {
        if (!live.exists()) {
            out().println("realm " + realm + ": (absent) → created");
            return DIFFERENT;
        }
        List<Difference> differences = live.differences(shipped);
        differences.forEach(out()::println);
        out().println(differences.isEmpty() ? "No differences." : differences.size() + " differences.");
        return differences.isEmpty() ? SAME : DIFFERENT;
    }

    private int bring(LiveRealm live, ShippedRealm shipped) {
        List<Difference> left;
        if (live.exists()) {
            left = live.update(shipped);
        } else {
            live.create(shipped);
            left = live.differences(shipped);
        }
        if (left.isEmpty()) {
            out().println("The realm " + realm + " is as shipped.");
            return SAME;
        }
        left.forEach(difference -> spec.commandLine().getErr().println(difference));
        spec.commandLine().getErr().println("The server did not take over " + left.size() + " settings, see above.");
        return FAILED;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
