package jp.sekisho.tradingapp.operations;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import jp.sekisho.client.NoAnswerException;
import jp.sekisho.client.ProblemException;
import jp.sekisho.client.Result;
import jp.sekisho.client.SekishoClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** What became of an operation is told until somebody hears it: notices hang on it. A firm keeps these in its database. */
@Component
class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private record Untold(String operation, Result result) {}

    private final Queue<Untold> untold = new ConcurrentLinkedQueue<>();
    private final SekishoClient sekisho;

    Results(SekishoClient sekisho) {
        this.sekisho = sekisho;
    }

    void add(String operation, Result result) {
        untold.add(new Untold(operation, result));
        tell();
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void tell() {
        for (Untold one = untold.poll(); one != null; one = untold.poll()) {
            try {
                sekisho.result(one.operation(), one.result());
            } catch (ProblemException refused) {
                LOG.error("A result is not taken: {}", refused.getMessage());
                if (refused.status() == 429 || refused.status() >= 500) {
                    untold.add(one);
                    return;
                }
            } catch (NoAnswerException later) {
                LOG.warn("A result is told later: {}", later.getMessage());
                untold.add(one);
                return;
            }
        }
    }
}
