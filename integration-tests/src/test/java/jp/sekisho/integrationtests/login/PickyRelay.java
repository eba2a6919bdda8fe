package jp.sekisho.integrationtests.login;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Stands before a mail server, and takes nothing for some recipients. */
final class PickyRelay implements AutoCloseable {

    private static final Logger LOG = System.getLogger(PickyRelay.class.getName());

    private final int serverPort;
    private final Map<String, String> answers;
    private final ServerSocket door;

    /** @param answers what it says of whom, such as {@code 452 4.2.2 full} */
    PickyRelay(int serverPort, Map<String, String> answers) throws IOException {
        this.serverPort = serverPort;
        this.answers = answers;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            start(() -> pass(client));
        }
    }

    private void pass(Socket client) throws IOException {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
            start(() -> server.getInputStream().transferTo(client.getOutputStream()));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<String> answer = answer(line);
                write(answer.isPresent() ? client.getOutputStream() : server.getOutputStream(), answer.orElse(line));
            }
        }
    }

    private Optional<String> answer(String line) {
        return answers.entrySet().stream()
                .filter(refused -> line.startsWith("RCPT") && line.contains('<' + refused.getKey() + '>'))
                .map(Map.Entry::getValue)
                .findFirst();
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
    public void close() throws IOException {
        door.close();
    }
}
