package org.therapost.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The sending side: a number of sessions at the same time, each with its share of the messages. */
public final class SmtpLoad {

    private final String series;

    /** @param series makes the Message-IDs of this load unlike those of any other */
    public SmtpLoad(String series) {
        this.series = series;
    }

    /** Returns when every message has been answered with 250; any other answer ends the run. Mailboxes take turns. */
    public void send(List<LoadTarget> envelopes, Load load) throws IOException, InterruptedException {
        ExecutorService sessions = Executors.newFixedThreadPool(load.sessions());
        try {
            List<Future<?>> shares = new ArrayList<>();
            for (int session = 0; session < load.sessions(); session++) {
                int first = session;
                shares.add(sessions.submit(() -> {
                    sendShare(envelopes, load, first);
                    return null;
                }));
            }
            for (Future<?> share : shares) {
                share.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("A session failed: " + e.getCause(), e);
        } finally {
            sessions.shutdownNow();
        }
    }

    /** Every {@code sessions}-th message, beginning with {@code first}. */
    private void sendShare(List<LoadTarget> envelopes, Load load, int first) throws IOException {
        int number = first;
        while (number < load.messages()) {
            try (SmtpClient session = new SmtpClient(envelopes.get(0).server())) {
                for (int sent = 0; sent < load.perConnection() && number < load.messages(); sent++) {
                    String messageId = series + "." + number + "@client.example";
                    LoadTarget loadTarget = envelopes.get(number % envelopes.size());
                    session.send(loadTarget, LoadText.message(loadTarget, messageId, number, load.size()));
                    number += load.sessions();
                }
            }
        }
    }
}
