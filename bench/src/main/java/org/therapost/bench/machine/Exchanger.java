package org.therapost.bench.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The mail exchanger of all clients: takes everything, keeps nothing, and says when something has come. */
public final class Exchanger implements AutoCloseable {

    private final ServerSocket server;
    private final Semaphore arrived = new Semaphore(0);
    private final ExecutorService connections = Executors.newCachedThreadPool();

    private Exchanger(ServerSocket server) {
        this.server = server;
    }

    public static Exchanger start() throws IOException {
        Exchanger exchanger = new Exchanger(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        exchanger.connections.execute(exchanger::accept);
        return exchanger;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** What has come so far does not count. */
    public void forget() {
        arrived.drainPermits();
    }

    /** Returns when one more message is here, its last octet read. */
    public void await() throws IOException, InterruptedException {
        if (!arrived.tryAcquire(60, TimeUnit.SECONDS)) {
            throw new IOException("Nothing came to the client's exchanger for a minute");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        connections.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.execute(() -> converse(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII))) {
            OutputStream out = connection.getOutputStream();
            say(out, "220 mx.client.example");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.regionMatches(true, 0, "DATA", 0, 4)) {
                    say(out, "354 go on");
                    while (!".".equals(in.readLine())) {
                        // read and thrown away
                    }
                    arrived.release();
                }
                say(out, "250 ok");
            }
        } catch (IOException hungUp) {
            // the sender has quit its own way
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }
}
