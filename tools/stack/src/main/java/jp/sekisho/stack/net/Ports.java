package jp.sekisho.stack.net;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine. */
public final class Ports {

    /** Below those that operating systems give to outgoing connections: such a one may be taken before anybody listens on it. */
    private static final int FIRST = 12_000;

    private static final int BEYOND = 32_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A port that nobody listens on at this moment, and that nobody else of this process was given. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(FIRST, BEYOND)
                .filter(Ports::isFree)
                .filter(GIVEN::add)
                .findFirst()
                .orElseThrow();
    }

    /** The first port from {@code first} upwards that nobody listens on. */
    public static int freeFrom(int first) {
        for (int port = first; port <= 65535; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No free port from " + first + " upwards");
    }

    /** Whether nobody listens on the port, on any address of this machine. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * @param use what the port is for, as it stands in the message
     * @param setting the environment variable that moves it
     * @throws PortTaken if somebody listens there
     */
    public static int require(int port, String use, String setting) {
        if (!isFree(port)) {
            throw new PortTaken(port, use, setting);
        }
        return port;
    }
}
