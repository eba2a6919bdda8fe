package jp.sekisho.eventlisteners.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a mail server: counts connections, hangs up when told to, and refuses one recipient. */
final class Relay implements AutoCloseable {

    static final String REFUSED = "nobody@example.jp";

    private static final Logger LOG = System.getLogger(Relay.class.getName());

    private final int serverPort;
    private final ServerSocket door;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean hangsUpAfterData;

    Relay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** So that a sender cannot know whether the mail was accepted. */
    void hangUpAfterData() {
        hangsUpAfterData = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            connections.incrementAndGet();
            open.add(client);
            start(() -> pass(client));
        }
    }

    private void pass(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            open.add(server);
            start(() -> answers(server, client));
            commands(client, server);
        }
    }

    private static void answers(Socket server, Socket client) throws IOException {
        server.getInputStream().transferTo(client.getOutputStream());
        client.close();
    }

    private void commands(Socket client, Socket server) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("RCPT") && line.contains(REFUSED)) {
                write(client.getOutputStream(), "550 5.1.1 " + REFUSED + " is not here");
                continue;
            }
            if (hangsUpAfterData && line.equals(".")) {
                client.close();
            }
            write(server.getOutputStream(), line);
        }
    }

    private static void write(OutputStream to, String line) throws IOException {
        to.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
    }

    private interface Work {
        void run() throws IOException;
    }

    /** Ends when a socket is closed. */
    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                LOG.log(Level.DEBUG, "closed", closed);
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            hangUp();
            door.close();
        } catch (IOException unclosed) {
            throw new UncheckedIOException(unclosed);
        }
    }
}
