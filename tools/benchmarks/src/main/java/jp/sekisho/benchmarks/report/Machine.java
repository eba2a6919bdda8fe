package jp.sekisho.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the numbers were measured on. */
final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");
    private static final double GIB = 1L << 30;

    private Machine() {}

    static String description() throws IOException {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s, %d processors, %.0f GiB of memory, %s %s, Java %s; load of the last minute at the end %.1f. "
                        + "Server, database, mail server, webhook receiver and clients share this machine.",
                processor(),
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / GIB,
                system.getName(),
                system.getVersion(),
                System.getProperty("java.version"),
                system.getSystemLoadAverage());
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPU)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        }
    }
}
