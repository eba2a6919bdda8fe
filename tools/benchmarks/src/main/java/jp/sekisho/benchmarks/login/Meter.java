package jp.sekisho.benchmarks.login;

import java.sql.SQLException;

/** Reads how much processor time the processes of a lane have had until now. */
@FunctionalInterface
public interface Meter {

    ProcessorTime read() throws SQLException;
}
