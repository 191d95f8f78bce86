package org.therapost.domain.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * What strangers send: octets that begin as something proper and were then changed in a few places. What fails is shrunk by jqwik to
 * few and small changes.
 */
public final class HostileOctets {

    private static final int MOST_CHANGES = 8;
    private static final int LONGEST = 300_000;
    private static final List<String> EVERYWHERE = List.of(
            "\0",
            "\r",
            "\n",
            "\r\n",
            "\r\n\r\n",
            "\r\n ",
            "\"",
            "<",
            ">",
            "(",
            ")",
            "{",
            "}",
            "=",
            ";",
            ":",
            ",",
            "@",
            "--",
            "%",
            "\\",
            "\u00ff",
            "\u00c3\u00a9",
            "\u00e2\u0080\u00ae",
            "-1",
            "0",
            "2147483647",
            "2147483648",
            "4294967296",
            "99999999999999999999",
            "=?utf-8?B?4oCu?=",
            "=?x?Q?=00?=");

    private HostileOctets() {}

    /** One change. Positions are taken modulo the length, so that every number is one. */
    private sealed interface Change {

        byte[] of(byte[] before);

        record Flip(int at, int bits) implements Change {
            @Override
            public byte[] of(byte[] before) {
                byte[] after = before.clone();
                if (after.length > 0) {
                    after[at % after.length] ^= (byte) bits;
                }
                return after;
            }
        }

        record Cut(int at, int length) implements Change {
            @Override
            public byte[] of(byte[] before) {
                int from = at % (before.length + 1);
                int to = Math.min(before.length, from + length);
                return join(Arrays.copyOf(before, from), Arrays.copyOfRange(before, to, before.length));
            }
        }

        record Repeat(int at, int length, int times) implements Change {
            @Override
            public byte[] of(byte[] before) {
                int from = at % (before.length + 1);
                byte[] piece = Arrays.copyOfRange(before, from, Math.min(before.length, from + length));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.writeBytes(Arrays.copyOf(before, from));
                for (int i = 0; i < times && out.size() < LONGEST; i++) {
                    out.writeBytes(piece);
                }
                out.writeBytes(Arrays.copyOfRange(before, from, before.length));
                return out.toByteArray();
            }
        }

        record Insert(int at, String text) implements Change {
            @Override
            public byte[] of(byte[] before) {
                int from = at % (before.length + 1);
                return join(
                        Arrays.copyOf(before, from),
                        text.getBytes(StandardCharsets.ISO_8859_1),
                        Arrays.copyOfRange(before, from, before.length));
            }
        }
    }

    /**
     * Changes of what is proper.
     *
     * @param proper at least one
     * @param words that mean something to whoever reads these octets
     */
    public static Arbitrary<byte[]> near(List<byte[]> proper, List<String> words) {
        return Combinators.combine(Arbitraries.of(proper), change(words).list().ofMaxSize(MOST_CHANGES))
                .as(HostileOctets::changed);
    }

    private static byte[] changed(byte[] proper, List<Change> changes) {
        byte[] octets = proper;
        for (Change change : changes) {
            octets = Arrays.copyOf(change.of(octets), Math.min(LONGEST, change.of(octets).length));
        }
        return octets;
    }

    private static Arbitrary<Change> change(List<String> words) {
        Arbitrary<Integer> at = Arbitraries.integers().between(0, 1 << 20);
        Arbitrary<Integer> length = Arbitraries.integers().between(1, 400);
        Arbitrary<String> text = Arbitraries.of(EVERYWHERE);
        if (!words.isEmpty()) {
            text = Arbitraries.oneOf(text, Arbitraries.of(words));
        }
        return Arbitraries.oneOf(
                Combinators.combine(at, Arbitraries.integers().between(1, 255)).as(Change.Flip::new),
                Combinators.combine(at, length).as(Change.Cut::new),
                Combinators.combine(at, length, Arbitraries.of(2, 3, 50, 2000)).as(Change.Repeat::new),
                Combinators.combine(at, text).as(Change.Insert::new));
    }

    private static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }
}
