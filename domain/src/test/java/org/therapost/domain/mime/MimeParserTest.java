package org.therapost.domain.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts lie where whoever put the message together has put them. */
class MimeParserTest {

    /** A message made by hand: what it is, and what each of its sections is. */
    private static final class Made {
        final Random random;
        final Map<String, String> sections = new TreeMap<>();
        int boundaries;

        Made(long seed) {
            random = new Random(seed);
        }

        /** Header and body of a message, whose parts are numbered below a path. */
        String message(String path, int depth) {
            String extra = "Subject: " + random.nextInt(1000) + "\r\nX-Folded: a\r\n\tb\r\n";
            return switch (random.nextInt(depth > 3 ? 1 : 3)) {
                case 1 -> multipart(extra, path, depth);
                case 2 -> {
                    String header = extra + "Content-Type: message/rfc822\r\n\r\n";
                    String inner = message(below(path, 1), depth + 1);
                    told(below(path, 1), header, inner);
                    yield header + inner;
                }
                default -> {
                    String header = extra + "\r\n";
                    String body = text();
                    told(below(path, 1), header, body);
                    yield header + body;
                }
            };
        }

        /** Parts of a multipart are numbered below its path, whether it is a message or a part. */
        private String multipart(String extra, String path, int depth) {
            // Some boundaries begin like others.
            String boundary = "b" + "=".repeat(random.nextInt(3)) + ++boundaries;
            StringBuilder body = new StringBuilder(random.nextBoolean() ? "preamble\r\n" : "");
            int parts = 1 + random.nextInt(3);
            for (int number = 1; number <= parts; number++) {
                body.append("--")
                        .append(boundary)
                        .append(random.nextInt(4) == 0 ? " \t" : "")
                        .append("\r\n");
                body.append(part(below(path, number), depth + 1)).append("\r\n");
            }
            body.append("--").append(boundary).append("--\r\n");
            if (random.nextBoolean()) {
                body.append("epilogue\r\n--").append(boundary).append("\r\n\r\nno part any more\r\n");
            }
            return extra + "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n\r\n" + body;
        }

        private String part(String path, int depth) {
            return switch (random.nextInt(depth > 3 ? 1 : 3)) {
                case 1 -> {
                    String whole = multipart("X-Part: m\r\n", path, depth);
                    int body = whole.indexOf("\r\n\r\n") + 4;
                    told(path, whole.substring(0, body), whole.substring(body));
                    yield whole;
                }
                case 2 -> {
                    String header = "Content-Type: MESSAGE/RFC822 (a comment)\r\n\r\n";
                    String inner = message(path, depth + 1);
                    told(path, header, inner);
                    yield header + inner;
                }
                default -> {
                    String header = random.nextBoolean() ? "Content-Type: text/plain\r\n\r\n" : "\r\n";
                    String body = text();
                    told(path, header, body);
                    yield header + body;
                }
            };
        }

        private void told(String path, String header, String body) {
            sections.put(path, header + "\u0000" + body);
        }

        private String text() {
            List<String> some = List.of("", "a line", "--", "--b", "-- b1", "caf\u00e9", "x".repeat(70_000), "b1");
            StringBuilder text = new StringBuilder();
            for (int lines = random.nextInt(4); lines > 0; lines--) {
                text.append(some.get(random.nextInt(some.size()))).append("\r\n");
            }
            return text.toString();
        }

        private static String below(String path, int number) {
            return path.isEmpty() ? Integer.toString(number) : path + "." + number;
        }
    }

    static List<Long> seeds() {
        return new Random(20261128).longs(300).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_section_of_any_message_is_found_octet_for_octet(long seed) throws IOException {
        Made made = new Made(seed);
        String message = made.message("", 0);
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        MimePart structure = MimeParser.read(slowly(octets));
        made.sections.forEach((path, section) -> {
            int[] numbers = java.util.Arrays.stream(path.split("\\."))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            MimePart part = structure.at(numbers).orElseThrow(() -> new AssertionError("no part " + path));
            String[] expected = section.split("\u0000", -1);
            assertThat(text(part.header().octets())).as("header of " + path).isEqualTo(expected[0]);
            assertThat(text(octets, part.body(), part.end()))
                    .as("body of " + path)
                    .isEqualTo(expected[1]);
            assertThat(part.lines())
                    .as("lines of " + path)
                    .isEqualTo(
                            expected[1].chars().filter(octet -> octet == '\n').count());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "\n",
                "Subject: x",
                "Subject: x\r\n",
                "Subject: x\r\n\r\n",
                "no header at all\r\n",
                "\r\nbody",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--",
                "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\n",
                "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n--b--\r\n",
                "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: a\n\nx\n--b\n--b--\n",
                "Content-Type: ;;;\"\r\n\r\nx",
                "Content-Type: message/rfc822\r\n\r\n",
                "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\nx"
            })
    void whatever_comes_is_some_message_whose_parts_lie_within_it(String message) throws IOException {
        byte[] octets = message.getBytes(StandardCharsets.US_ASCII);
        check(MimeParser.read(new ByteArrayInputStream(octets)), 0, octets.length);
    }

    @Test
    void thousands_of_messages_inside_one_another_exhaust_nothing() throws IOException {
        String deep = "Content-Type: message/rfc822\r\n\r\n".repeat(5000);
        MimePart structure = MimeParser.read(new ByteArrayInputStream(deep.getBytes(StandardCharsets.US_ASCII)));
        int depth = 0;
        for (MimePart part = structure;
                part.message().isPresent();
                part = part.message().get()) {
            depth++;
        }
        assertThat(depth).isBetween(50, 200);
    }

    @Test
    void a_boundary_that_begins_like_another_is_not_taken_for_it() throws IOException {
        String message = "Content-Type: multipart/mixed; boundary=a\r\n\r\n"
                + "--a\r\n"
                + "Content-Type: multipart/mixed; boundary=ab\r\n\r\n"
                + "--ab\r\n\r\n"
                + "inner\r\n"
                + "--ab--\r\n\r\n"
                + "--a\r\n\r\n"
                + "outer\r\n"
                + "--a--\r\n";
        byte[] octets = message.getBytes(StandardCharsets.US_ASCII);
        MimePart structure = MimeParser.read(new ByteArrayInputStream(octets));
        assertThat(structure.at(1, 1).map(part -> text(octets, part.body(), part.end())))
                .contains("inner");
        assertThat(structure.at(2).map(part -> text(octets, part.body(), part.end())))
                .contains("outer");
    }

    private static void check(MimePart part, long from, long to) {
        assertThat(part.start()).isBetween(from, to);
        assertThat(part.body()).isBetween(part.start(), to);
        assertThat(part.end()).isBetween(part.body(), to);
        assertThat(part.lines()).isNotNegative();
        List<MimePart> inner = new ArrayList<>(part.parts());
        part.message().ifPresent(inner::add);
        inner.forEach(one -> check(one, part.body(), part.end()));
    }

    /** As a network would bring it: the ends of lines fall between two reads. */
    private static InputStream slowly(byte[] octets) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] to, int offset, int length) {
                return super.read(to, offset, Math.min(length, 1 + (pos * 31) % 97));
            }
        };
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String text(byte[] octets, long from, long to) {
        return new String(octets, (int) from, (int) (to - from), StandardCharsets.ISO_8859_1);
    }
}
