package jp.sekisho.checkpoint;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The errors that a class and its nested ones log while this is open. */
public final class LoggedLines extends Handler implements AutoCloseable {

    private static final PatternFormatter MESSAGE = new PatternFormatter("%s");

    private final Logger logger;
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    public LoggedLines(Class<?> of) {
        logger = Logger.getLogger(of.getName());
        logger.addHandler(this);
    }

    public List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.ERROR.intValue()) {
            errors.add(MESSAGE.format(line));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
