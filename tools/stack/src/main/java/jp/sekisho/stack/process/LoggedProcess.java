package jp.sekisho.stack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A process of ours whose output goes to a file. It never outlives this Java process: what still runs at the end is ended. */
public final class LoggedProcess implements AutoCloseable {

    private static final int TAIL_LINES = 60;
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Set<LoggedProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.parallelStream().forEach(LoggedProcess::stop), "end-processes"));
    }

    private final Process process;
    private final Path log;

    private LoggedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command; its standard output and error are appended to {@code log}. */
    public static LoggedProcess start(ProcessBuilder command, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        LoggedProcess started = new LoggedProcess(command.start(), log);
        RUNNING.add(started);
        started.process.onExit().thenRun(() -> RUNNING.remove(started));
        return started;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Completes when the process ends, for whatever reason. */
    public CompletableFuture<?> onExit() {
        return process.onExit();
    }

    /** Exit code; only after the end. */
    public int exitCode() {
        return process.exitValue();
    }

    public Path log() {
        return log;
    }

    /**
     * Waits for the end by itself.
     *
     * @throws ProcessFailed if it has not come in time; the process is then killed
     */
    public int waitFor(Duration timeout) {
        if (!endsWithin(timeout)) {
            kill();
            throw new ProcessFailed("Still running after " + timeout.toMillis() + " ms", this);
        }
        return process.exitValue();
    }

    /** Asks the process to end (SIGTERM) and waits; kills what does not listen. */
    public void stop() {
        process.destroy();
        if (!endsWithin(GRACE)) {
            kill();
        }
    }

    /** Ends the process and its children at once (SIGKILL). */
    public void kill() {
        // A start script is a shell with the server as its child: the child goes first, while it can be found.
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    @Override
    public void close() {
        stop();
    }

    /** The end of the log, for messages. */
    public String tail() {
        try {
            var lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(log " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    private boolean endsWithin(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
