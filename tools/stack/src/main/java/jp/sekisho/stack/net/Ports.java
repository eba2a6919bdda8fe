package jp.sekisho.stack.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** TCP ports of this machine. */
public final class Ports {

    private Ports() {}

    /** A port that nobody listens on at this moment, chosen by the operating system. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
