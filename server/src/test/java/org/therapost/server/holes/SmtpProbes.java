package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a stranger may not do over SMTP. */
final class SmtpProbes {

    private static final String VICTIM = "somebody@elsewhere.example";

    private SmtpProbes() {}

    /** What stock James 3.8.1 does wrong. */
    static List<Probe> holes() {
        return List.of(
                new Probe("nobody relays because of being local", server -> {
                    try (Peer peer = server.smtp()) {
                        assertThat(peer.mail("mallory@elsewhere.example", VICTIM, "Subject: x\r\n\r\nx"))
                                .startsWith("5");
                    }
                }),
                new Probe("a local mail program is offered AUTH", server -> {
                    try (Peer peer = server.submission()) {
                        assertThat(peer.ask("EHLO mail-program.example")).contains("AUTH ");
                    }
                }),
                new Probe("a line of any length in a message gets one reply", SmtpProbes::longLine),
                new Probe("a bare CR in a message is refused", server -> {
                    try (Peer peer = server.smtp()) {
                        assertThat(peer.mail(server.sender(), server.recipient(), "Subject: x\r\n\r\none\rtwo"))
                                .startsWith("5");
                    }
                }),
                new Probe(
                        "who looks for addresses is sent away",
                        server -> ends(server, "RCPT TO:<guess%d@practice.example>")),
                new Probe("who talks nonsense is sent away", server -> ends(server, "NONSENSE%d")),
                new Probe("guesses at a password come to an end", SmtpProbes::guesses),
                new Probe("one address cannot take all connections", SmtpProbes::connections));
    }

    private static void longLine(ServerUnderTest server) throws IOException {
        try (Peer peer = server.smtp()) {
            String reply =
                    peer.mail(server.sender(), server.recipient(), "Subject: long\r\n\r\n" + "x".repeat(100_000));
            assertThat(reply).startsWith("2");
            assertThat(peer.ask("NOOP")).as("the conversation is in step").startsWith("250 ");
            assertThat(peer.ask("VRFY x")).as("the conversation is in step").startsWith("502 ");
        }
    }

    private static void ends(ServerUnderTest server, String command) throws IOException {
        try (Peer peer = server.smtp("127.0.6.1")) {
            peer.ask("EHLO provider.example");
            peer.ask("MAIL FROM:<mallory@elsewhere.example>");
            String reply = "";
            for (int i = 0; i < 60 && !reply.startsWith("421"); i++) {
                reply = peer.ask(String.format(command, i));
            }
            assertThat(reply).startsWith("421 ");
            assertThat(peer.line()).isEqualTo(Peer.END);
        }
    }

    private static void guesses(ServerUnderTest server) throws IOException {
        List<String> replies = new ArrayList<>();
        for (int guess = 0; guess < 12; guess++) {
            try (Peer peer = server.submission()) {
                peer.ask("EHLO mail-program.example");
                // "\0klee@practice.example\0guess"
                replies.add(peer.ask("AUTH PLAIN AGtsZWVAcHJhY3RpY2UuZXhhbXBsZQBndWVzcw=="));
            }
        }
        assertThat(replies.get(0)).startsWith("535 ");
        assertThat(replies.get(replies.size() - 1)).startsWith("454 4.7.0 ");
    }

    private static void connections(ServerUnderTest server) throws IOException {
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                Peer peer = server.smtp("127.0.7.1");
                peers.add(peer);
            }
            assertThat(peers).as("connections from one address").hasSizeLessThan(80);
        } catch (IOException | IllegalStateException refused) {
            assertThat(peers).as("connections before one is refused").isNotEmpty();
        } finally {
            for (Peer peer : peers) {
                peer.close();
            }
        }
        try (Peer elsewhere = server.smtp("127.0.8.1")) {
            assertThat(elsewhere.ask("NOOP")).startsWith("250 ");
        }
    }

    /** What stock James does as well. */
    static List<Probe> guards() {
        List<Probe> guards = new ArrayList<>(List.of(
                new Probe("a command of any length gets one reply", server -> {
                    try (Peer peer = server.smtp()) {
                        assertThat(peer.ask("NOOP " + "x".repeat(100_000))).startsWith("500 ");
                        assertThat(peer.ask("NOOP")).startsWith("250 ");
                    }
                }),
                new Probe("neither CHUNKING nor BINARYMIME is offered or taken", server -> {
                    try (Peer peer = server.smtp()) {
                        assertThat(peer.ask("EHLO provider.example")).doesNotContain("CHUNKING", "BINARYMIME", "AUTH");
                        assertThat(peer.ask("MAIL FROM:<" + server.sender() + "> BODY=BINARYMIME"))
                                .startsWith("5");
                        assertThat(peer.ask("BDAT 3 LAST")).startsWith("5");
                    }
                }),
                new Probe("a hundred and one recipients are too many", SmtpProbes::recipients)));
        for (String end :
                List.of("\n.\n", "\r.\r", "\n.\r\n", "\r\n.\r", "\r\n.\n", "\r\n.\0\r\n", "\r\n\0.\r\n", "\n\r.\r\n")) {
            String name = end.replace("\r", "CR ").replace("\n", "LF ").replace("\0", "NUL ");
            guards.add(new Probe("no second message hides behind " + name, server -> smuggled(server, end)));
        }
        return guards;
    }

    private static void recipients(ServerUnderTest server) throws IOException {
        try (Peer peer = server.smtp()) {
            peer.ask("EHLO provider.example");
            peer.ask("MAIL FROM:<" + server.sender() + ">");
            for (int i = 0; i < 100; i++) {
                assertThat(peer.ask("RCPT TO:<" + server.recipient() + ">")).startsWith("250 ");
            }
            assertThat(peer.ask("RCPT TO:<" + server.recipient() + ">")).startsWith("452 ");
        }
    }

    private static void smuggled(ServerUnderTest server, String end) throws IOException {
        String inner = "MAIL FROM:<mallory@elsewhere.example>\r\nRCPT TO:<" + server.recipient()
                + ">\r\nDATA\r\nSubject: smuggled\r\n\r\nx";
        try (Peer peer = server.smtp()) {
            String reply = peer.mail(server.sender(), server.recipient(), "Subject: outer\r\n\r\nx" + end + inner);
            String next = peer.ask("NOOP");
            if (reply.startsWith("250 ")) {
                assertThat(next).as("one message, one reply").isEqualTo("250 2.0.0 OK");
            } else {
                assertThat(reply).startsWith("550 5.6.0");
                assertThat(next).isEqualTo(Peer.END);
            }
        }
    }
}
