package jp.sekisho.checkpoint.code;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Mails that leave after the answer: while so many wait or are being sent, there is no room for more. */
final class LaterMails {

    private final Semaphore room;

    LaterMails(int most) {
        this.room = new Semaphore(most);
    }

    /** @return false where there is no room, or the server stops: it is not sent */
    boolean send(Executor executor, Runnable mail) {
        if (!room.tryAcquire()) {
            return false;
        }
        try {
            executor.execute(() -> {
                try {
                    mail.run();
                } finally {
                    room.release();
                }
            });
            return true;
        } catch (RejectedExecutionException stopping) {
            room.release();
            return false;
        }
    }
}
