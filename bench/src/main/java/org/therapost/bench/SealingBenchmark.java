package org.therapost.bench;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;

/** Sealing a mail to its thread's key, and opening it through the therapist's share of that key. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SealingBenchmark {

    private static final String HEADER = """
            From: Alice <alice@example.net>
            To: k7m2qx@practice.example
            Subject: Thursday
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            """.replace("\n", "\r\n");

    /** Octets of the whole mail. */
    @Param({"2048", "102400"})
    public int size;

    private final Sealer sealer = new BouncyCastleSealer(Clock.systemUTC());
    private final BouncyCastleKeys keys = new BouncyCastleKeys(Clock.systemUTC());
    private final NewKey therapist = keys.generate("Dr Bloom <bloom@practice.example>");
    private final NewKey thread = keys.generate("k7m2qx@practice.example");
    private final Readers readers = Readers.of(thread.certificate());
    private final SealedKey share = keys.share(thread.secret(), therapist.certificate());
    private final ReaderView view = keys.view(therapist.secret(), (threadKeyId, readerKeyId) -> Optional.of(share));

    private MailContent mail = MailContent.of(new byte[0]);
    private SealedMessage sealed = sealer.seal(mail, readers);

    @Setup
    public void write() {
        byte[] octets = new byte[size];
        new Random(1).nextBytes(octets);
        byte[] header = HEADER.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, octets, 0, header.length);
        mail = MailContent.of(octets);
        sealed = sealer.seal(mail, readers);
    }

    @TearDown
    public void close() {
        view.close();
    }

    @Benchmark
    public SealedMessage seal() {
        return sealer.seal(mail, readers);
    }

    @Benchmark
    public MailContent open() throws SealedException {
        return view.content(sealed);
    }

    @Benchmark
    public byte[] openHeader() throws SealedException {
        return view.header(sealed);
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(SealingBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
