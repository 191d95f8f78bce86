package org.therapost.protocols.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OctetsInFlightTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final OctetsInFlight inFlight = new OctetsInFlight(3L * MEGABYTE * OctetsInFlight.COPIES);

    @Test
    void small_mail_counts_nothing_even_when_there_is_no_room() {
        OctetsInFlight.Share large = inFlight.share();
        assertThat(large.grow(3 * MEGABYTE)).isTrue();
        long before = inFlight.now();
        assertThat(inFlight.share().grow(OctetsInFlight.FREE)).isTrue();
        assertThat(inFlight.now()).isEqualTo(before);
    }

    @Test
    void every_octet_of_a_large_message_counts_with_its_copies() {
        OctetsInFlight.Share share = inFlight.share();
        assertThat(share.grow(MEGABYTE)).isTrue();
        assertThat(inFlight.now()).isEqualTo((long) MEGABYTE * OctetsInFlight.COPIES);
        assertThat(share.grow(MEGABYTE / 2)).isTrue();
        assertThat(inFlight.now()).isEqualTo((long) MEGABYTE * OctetsInFlight.COPIES);
    }

    @Test
    void who_finds_no_room_keeps_what_it_has_until_it_gives_it_back_once() {
        OctetsInFlight.Share one = inFlight.share();
        OctetsInFlight.Share other = inFlight.share();
        assertThat(one.grow(2 * MEGABYTE)).isTrue();
        assertThat(other.grow(MEGABYTE)).isTrue();
        long full = inFlight.now();
        assertThat(other.grow(MEGABYTE + 1)).isFalse();
        assertThat(inFlight.now()).isEqualTo(full);
        assertThat(inFlight.refusals()).isEqualTo(1);
        other.release();
        other.release();
        assertThat(inFlight.now()).isEqualTo(2L * MEGABYTE * OctetsInFlight.COPIES);
        assertThat(one.grow(3 * MEGABYTE)).isTrue();
    }

    @Test
    void many_threads_never_take_more_than_there_is_and_leave_nothing_behind() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<Boolean>> within = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int size = (i % 4 + 1) * MEGABYTE;
                within.add(threads.submit(() -> {
                    begin.await();
                    return neverTooMuch(size);
                }));
            }
            begin.countDown();
            for (Future<Boolean> one : within) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(inFlight.now()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean neverTooMuch(int size) {
        boolean within = true;
        OctetsInFlight.Share share = inFlight.share();
        for (int round = 0; round < 2000; round++) {
            for (int gathered = size / 4; gathered <= size && share.grow(gathered); gathered += size / 4) {
                within &= inFlight.now() <= 3L * MEGABYTE * OctetsInFlight.COPIES;
            }
            share.release();
        }
        return within;
    }
}
