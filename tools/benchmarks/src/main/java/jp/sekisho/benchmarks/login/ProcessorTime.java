package jp.sekisho.benchmarks.login;

/**
 * Processor time, in nanoseconds. Unlike the throughput it hardly depends on what else runs on the machine.
 *
 * @param server of Keycloak
 * @param compiler of it, that of Java's own compiler: it ends when the code is compiled as it stays
 * @param database of all processes of PostgreSQL
 */
public record ProcessorTime(long server, long compiler, long database) {

    public static final ProcessorTime NONE = new ProcessorTime(0, 0, 0);

    ProcessorTime plus(ProcessorTime other) {
        return new ProcessorTime(server + other.server, compiler + other.compiler, database + other.database);
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(server - earlier.server, compiler - earlier.compiler, database - earlier.database);
    }
}
