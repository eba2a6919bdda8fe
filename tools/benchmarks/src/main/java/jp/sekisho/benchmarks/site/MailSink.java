package jp.sekisho.benchmarks.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Takes every mail and keeps none: a firm's mail server works elsewhere, and must not be measured with the login. */
public final class MailSink implements AutoCloseable {

    private final SMTPServer server;

    private MailSink(SMTPServer server) {
        this.server = server;
    }

    /** Listens on 127.0.0.1. */
    public static MailSink start(int port) {
        SMTPServer server = SMTPServer.port(port)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .simpleMessageListener(new Everything())
                .build();
        server.start();
        return new MailSink(server);
    }

    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Everything implements SimpleMessageListener {

        @Override
        public boolean accept(String from, String recipient) {
            return true;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) throws IOException {
            data.transferTo(OutputStream.nullOutputStream());
        }
    }
}
