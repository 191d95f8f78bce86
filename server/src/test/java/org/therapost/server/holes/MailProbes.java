package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mail that is made to break its readers. */
final class MailProbes {

    private MailProbes() {}

    /** What stock James 3.8.1 does wrong. */
    static List<Probe> holes() {
        return List.of(
                refused("a mail of 1,500 nested multiparts", MailProbes::nestedMultiparts),
                refused("a mail of 1,500 nested messages", MailProbes::nestedMessages),
                refused("a mail of 100,000 parts", () -> parts(100_000)),
                refused("a mail of 100,000 header fields", () -> fields(100_000)),
                refused(
                        "a mail with a header field of a megabyte in one line",
                        () -> "X-Long: " + "x".repeat(1 << 20) + "\r\n\r\nx"),
                refused(
                        "a mail with a folded header field of a megabyte",
                        () -> "X-Long: x" + "\r\n x".repeat(250_000) + "\r\n\r\nx"),
                refused("a mail with 100,000 continued parameters", () -> continuedParameters(100_000)),
                refused("a mail that has passed fifty-one servers", MailProbes::looping),
                notAppended("a mail of 1,500 nested messages", MailProbes::nestedMessages),
                notAppended("a mail of 20,000 parts", () -> parts(20_000)),
                notAppended("a mail of 20,000 header fields", () -> fields(20_000)),
                new Probe("what was accepted is there, whatever it was", MailProbes::nothingVanishes));
    }

    private static Probe refused(String what, Supplier<String> mail) {
        return new Probe(what + " gets a clear no", server -> {
            try (Peer peer = server.smtp()) {
                assertThat(peer.mail(server.sender(), server.recipient(), mail.get()))
                        .matches("55\\d 5\\..*");
                assertThat(peer.ask("NOOP")).as("the conversation is in step").isEqualTo("250 2.0.0 OK");
            }
        });
    }

    private static Probe notAppended(String what, Supplier<String> mail) {
        return new Probe(what + " cannot be appended", server -> {
            String octets = mail.get();
            try (Peer peer = server.reader()) {
                assertThat(peer.command("a", "APPEND INBOX {" + octets.length() + "}"))
                        .startsWith("+");
                assertThat(peer.send(octets + "\r\n").completion("a")).startsWith("a NO");
                assertThat(peer.command("b", "NOOP")).contains("b OK");
            }
        });
    }

    private static void nothingVanishes(ServerUnderTest server) throws IOException {
        int accepted = 0;
        for (String mail : List.of(nestedMultiparts(), looping())) {
            accepted += brought(server, "Subject: vanishing\r\n" + mail);
        }
        assertThat(brought(server, "Subject: the good one\r\n\r\nx")).isEqualTo(1);
        try (Peer reader = server.reader()) {
            await().atMost(Duration.ofMinutes(1)).until(() -> found(reader, "the good one") == 1);
            assertThat(found(reader, "vanishing")).isEqualTo(accepted);
        }
    }

    private static int brought(ServerUnderTest server, String mail) throws IOException {
        try (Peer peer = server.smtp()) {
            return peer.mail(server.sender(), server.recipient(), mail).startsWith("250 ") ? 1 : 0;
        }
    }

    private static long found(Peer reader, String subject) throws IOException {
        assertThat(reader.command("s", "SELECT INBOX")).contains("s OK");
        String found = reader.command("u", "SEARCH SUBJECT \"" + subject + "\"");
        return found.lines()
                .filter(line -> line.startsWith("* SEARCH"))
                .mapToLong(line -> line.chars().filter(letter -> letter == ' ').count() - 1)
                .sum();
    }

    /** What stock James does as well, or does not hurt it on the way that is taken here. */
    static List<Probe> guards() {
        return List.of(
                // Stock James never answers this one, nor anything else on the same connection.
                notAppended("a mail of 1,500 nested multiparts", MailProbes::nestedMultiparts),
                new Probe("poison does not stop what comes after it", server -> {
                    for (int i = 0; i < 40; i++) {
                        assertThat(brought(server, nestedMultiparts())).isZero();
                    }
                    assertThat(brought(server, "Subject: after the poison\r\n\r\nx"))
                            .isEqualTo(1);
                    try (Peer reader = server.reader()) {
                        assertThat(found(reader, "after the poison")).isEqualTo(1);
                    }
                }),
                new Probe("mail with broken base64 is filed, and found", server -> {
                    assertThat(brought(server, "Subject: broken base64\r\n" + BROKEN_BASE64))
                            .isEqualTo(1);
                    try (Peer reader = server.reader()) {
                        assertThat(found(reader, "broken base64")).isEqualTo(1);
                        assertThat(reader.command("t", "SEARCH TEXT nonsense")).contains("t OK");
                        assertThat(reader.command("f", "FETCH 1:* (ENVELOPE BODYSTRUCTURE)"))
                                .contains("f OK");
                    }
                }),
                new Probe("what is at the limits can be read", server -> {
                    for (String mail : List.of(parts(900), nested(20), fields(400), continuedParameters(300))) {
                        assertThat(brought(server, mail)).isEqualTo(1);
                    }
                    try (Peer reader = server.reader()) {
                        assertThat(reader.command("s", "SELECT INBOX")).contains("s OK");
                        assertThat(reader.command("f", "FETCH 1:* (ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER])"))
                                .contains("f OK");
                        assertThat(reader.command("t", "SEARCH TEXT nonsense")).contains("t OK");
                    }
                }));
    }

    private static final String BROKEN_BASE64 =
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n"
                    + "Content-Transfer-Encoding: base64\r\n\r\n!!=A=\r\n====\r\nQUJDR\r\n--b--";

    private static String nestedMultiparts() {
        return nested(1500);
    }

    private static String nested(int levels) {
        return "MIME-Version: 1.0\r\n"
                + IntStream.range(0, levels)
                        .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i + "\r\n")
                        .collect(Collectors.joining())
                + "\r\nx";
    }

    private static String nestedMessages() {
        return "MIME-Version: 1.0\r\n" + "Content-Type: message/rfc822\r\n\r\n".repeat(1500) + "\r\nx";
    }

    private static String parts(int count) {
        return "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                + "--b\r\n\r\nx\r\n".repeat(count) + "--b--";
    }

    private static String fields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": x\r\n").collect(Collectors.joining()) + "\r\nx";
    }

    /** RFC 2231 section 3. */
    private static String continuedParameters(int count) {
        return "MIME-Version: 1.0\r\nContent-Type: text/plain"
                + IntStream.range(0, count)
                        .mapToObj(i -> ";\r\n name*" + i + "=\"x\"")
                        .collect(Collectors.joining())
                + "\r\n\r\nx";
    }

    private static String looping() {
        return "Received: from here by there\r\n".repeat(51) + "\r\nx";
    }
}
