package jp.sekisho.integrationtests.login;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import jp.sekisho.integrationtests.visitor.Page;

/** What many do at the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** Posts from all pages together. @return the answers, in the order of the pages */
    static List<Page> post(List<Page> pages, UnaryOperator<Page> post) throws Exception {
        CyclicBarrier start = new CyclicBarrier(pages.size());
        ExecutorService threads = Executors.newFixedThreadPool(pages.size());
        try {
            List<Future<Page>> futures = new ArrayList<>();
            for (Page page : pages) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return post.apply(page);
                }));
            }
            List<Page> answers = new ArrayList<>();
            for (Future<Page> future : futures) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
