package jp.sekisho.benchmarks.login;

/**
 * Processor time, in nanoseconds. Unlike the throughput it hardly depends on what else runs on the machine.
 *
 * @param server of Keycloak
 * @param database of all processes of PostgreSQL
 */
public record ProcessorTime(long server, long database) {

    public static final ProcessorTime NONE = new ProcessorTime(0, 0);

    ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(server + other.server, database + other.database);
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(server - earlier.server, database - earlier.database);
    }
}
