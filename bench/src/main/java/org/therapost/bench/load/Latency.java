package org.therapost.bench.load;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** From the last octet of DATA to the line {@code EXISTS} in an idling mail program, one message at a time. */
public final class Latency {

    private static final int SIZE = 4096;

    private final double[] millis;

    private Latency(double[] millis) {
        this.millis = millis;
    }

    /** @param held messages in the mailbox before */
    public static Latency measure(ReadTarget readTarget, LoadTarget mailbox, int held, int count, String series)
            throws IOException, InterruptedException {
        double[] millis = new double[count];
        try (ImapClient watching = ImapClient.select(readTarget);
                SmtpClient sending = new SmtpClient(mailbox.server())) {
            watching.idle();
            for (int i = 0; i < count; i++) {
                byte[] message = LoadText.message(mailbox, series + "." + i + "@client.example", i, SIZE);
                long began = System.nanoTime();
                sending.send(mailbox, message);
                watching.awaitExists(held + i + 1);
                millis[i] = (System.nanoTime() - began) / 1e6;
                TimeUnit.MILLISECONDS.sleep(5); // a correspondence, not a load
            }
        }
        Arrays.sort(millis);
        return new Latency(millis);
    }

    /** "p50 3.1 ms, p95 7.9 ms". */
    public String format() {
        return String.format(Locale.ROOT, "%.1f / %.1f", percentile(50), percentile(95));
    }

    private double percentile(int percent) {
        return millis[Math.min(millis.length - 1, millis.length * percent / 100)];
    }
}
