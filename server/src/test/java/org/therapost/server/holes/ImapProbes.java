package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.holes.ServerUnderTest.LOGIN;
import static org.therapost.server.holes.ServerUnderTest.PASSWORD;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a stranger, or a mail program gone wild, may not do over IMAP. */
final class ImapProbes {

    private ImapProbes() {}

    /** What stock James 3.8.1 does wrong. */
    static List<Probe> holes() {
        return List.of(
                new Probe(
                        "a literal of 64 MiB is refused before login",
                        server -> refused(server.imap(), "LOGIN {67108864}")),
                new Probe(
                        "a literal of -1 octets is refused before login",
                        server -> refused(server.imap(), "LOGIN {-1}")),
                new Probe(
                        "a literal of 2^32 octets is refused before login",
                        server -> refused(server.imap(), "LOGIN {4294967296}")),
                new Probe(
                        "a literal that asks for leave in AUTHENTICATE is bounded too",
                        server -> refused(server.imap(), "AUTHENTICATE {67108864}")),
                new Probe("a literal that comes without leave is bounded before login", ImapProbes::unasked),
                new Probe(
                        "a literal of 64 MiB is refused in a search",
                        server -> refused(selected(server.reader()), "SEARCH SUBJECT {67108864}")),
                new Probe(
                        "an append of a gigabyte is refused before it is sent",
                        server -> refused(server.reader(), "APPEND INBOX {1000000000}")),
                new Probe("a second literal does not escape the limit of the first", ImapProbes::secondLiteral),
                new Probe("commands that come in one packet run once each", ImapProbes::pipelined),
                new Probe("ID is answered by NIL, not by an empty list", ImapProbes::id),
                new Probe(
                        "a search that is nested without end is refused",
                        server -> refused(selected(server.reader()), "SEARCH " + "NOT ".repeat(10_000) + "ALL")),
                new Probe(
                        "parts of parts without end are refused",
                        server -> refused(selected(server.reader()), "FETCH 1 BODY[" + "1.".repeat(10_000) + "1]")),
                new Probe(
                        "a pattern without end is refused",
                        server -> refused(server.reader(), "LIST \"\" " + "%*".repeat(20_000))),
                new Probe(
                        "a name that is not in modified UTF-7 names no folder, and is no end of the conversation",
                        server -> {
                            refused(server.reader(), "SELECT \"Caf&AOk\"");
                            refused(server.reader(), "LIST \"&\" \"*\"");
                            try (Peer peer = server.reader()) {
                                assertThat(peer.command("a", "LIST \"\" \"&\"")).startsWith("a OK");
                                assertThat(peer.command("b", "NOOP")).startsWith("b OK");
                            }
                        }),
                new Probe("a keyword that no answer can spell is refused", server -> {
                    refused(selected(withMail(server.reader())), "STORE 1 +FLAGS (a\"b)");
                    refused(selected(withMail(server.reader())), "STORE 1 +FLAGS (a\0b)");
                    refused(selected(withMail(server.reader())), "STORE 1 +FLAGS (\u00e9)");
                }),
                new Probe("a message is fetched once, however often it is named", ImapProbes::named),
                new Probe("guesses at a password come to an end", ImapProbes::guesses),
                new Probe("one address cannot take all connections", ImapProbes::connections));
    }

    private static void refused(Peer peer, String command) throws IOException {
        try (peer) {
            assertThat(peer.command("a", command)).startsWith("a ").doesNotContain("OK");
            assertThat(peer.command("b", "NOOP"))
                    .as("the conversation is in step")
                    .startsWith("b OK");
        }
    }

    private static Peer selected(Peer reader) throws IOException {
        assertThat(reader.command("s", "SELECT INBOX")).contains("s OK");
        return reader;
    }

    private static Peer withMail(Peer reader) throws IOException {
        assertThat(reader.command("m", "APPEND INBOX {15+}\r\nSubject: a\r\n\r\n\r"))
                .contains("m OK");
        return reader;
    }

    private static void named(ServerUnderTest server) throws IOException {
        try (Peer peer = server.reader()) {
            assertThat(peer.command("a", "CREATE Named")).contains("a OK");
            String mail = "Subject: named\r\n\r\nOnce.\r\n";
            peer.command("b", "APPEND Named {" + mail.length() + "+}\r\n" + mail);
            assertThat(peer.command("c", "SELECT Named")).contains("c OK");
            String all = "1:*" + ",1:*,*".repeat(3_000);
            assertThat(peer.command("d", "FETCH " + all + " UID").split("FETCH \\(", -1))
                    .hasSize(2);
            assertThat(peer.command("e", "UID FETCH " + all + " FLAGS").split("FETCH \\(", -1))
                    .hasSize(2);
            assertThat(peer.command("f", "COPY 1:*,1:* Named")).contains("f OK");
            assertThat(peer.command("g", "STATUS Named (MESSAGES)")).contains("(MESSAGES 2)");
        }
    }

    private static void unasked(ServerUnderTest server) throws IOException {
        try (Peer peer = server.imap()) {
            peer.send("a LOGIN {30000+}\r\n" + "x".repeat(30_000) + " {30000+}\r\n" + "y".repeat(30_000) + "\r\n");
            assertThat(peer.line()).matches("a NO \\[TOOBIG\\].*");
            assertThat(peer.line()).startsWith("* BYE");
        }
    }

    private static void secondLiteral(ServerUnderTest server) throws IOException {
        try (Peer peer = server.imap()) {
            String tooMuch = "{5000}";
            assertThat(peer.command("a", "LOGIN " + tooMuch)).startsWith("+");
            assertThat(peer.send("x".repeat(5_000) + " " + tooMuch + "\r\n").completion("a"))
                    .startsWith("a NO [TOOBIG]");
            assertThat(peer.command("b", "NOOP")).startsWith("b OK");
        }
    }

    private static void pipelined(ServerUnderTest server) throws IOException {
        String mail = "Subject: once\r\n\r\nOnce.\r\n";
        try (Peer peer = server.reader()) {
            assertThat(peer.command("a", "CREATE Once")).contains("a OK");
            assertThat(peer.command("b", "CREATE Twice")).contains("b OK");
            assertThat(peer.command("c", "APPEND Once {" + mail.length() + "}")).startsWith("+");
            assertThat(peer.send(mail + "\r\n").completion("c")).contains("c OK");
            assertThat(peer.command("d", "SELECT Once")).contains("d OK");
            peer.send("e COPY 1 Twice\r\nf APPEND Once {" + mail.length() + "+}\r\n" + mail + "\r\n");
            assertThat(peer.completion("e")).contains("e OK");
            assertThat(peer.completion("f")).contains("f OK").doesNotContain("e OK");
            assertThat(peer.command("g", "STATUS Twice (MESSAGES)")).contains("(MESSAGES 1)");
        }
    }

    private static void id(ServerUnderTest server) throws IOException {
        try (Peer peer = server.imap()) {
            assertThat(peer.command("a", "ID NIL")).contains("* ID NIL");
        }
    }

    private static void guesses(ServerUnderTest server) throws IOException {
        List<String> answers = new ArrayList<>();
        for (int guess = 0; guess < 12; guess++) {
            try (Peer peer = server.imap("127.0.2.1")) {
                answers.add(peer.command("a", "LOGIN " + LOGIN + " guess" + guess));
            }
        }
        assertThat(answers.get(0)).contains("a NO").doesNotContain("UNAVAILABLE");
        assertThat(answers.get(answers.size() - 1)).contains("a NO [UNAVAILABLE]");
        try (Peer elsewhere = server.imap("127.0.3.1")) {
            elsewhere.login(LOGIN, PASSWORD);
        }
    }

    private static void connections(ServerUnderTest server) throws IOException {
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 80; i++) {
                Peer peer = server.imap("127.0.4.1");
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
        try (Peer elsewhere = server.imap("127.0.5.1")) {
            assertThat(elsewhere.command("a", "NOOP")).startsWith("a OK");
        }
    }

    /** What stock James does as well. */
    static List<Probe> guards() {
        return List.of(
                new Probe("a line without end is refused before login", server -> {
                    try (Peer peer = server.imap()) {
                        assertThat(peer.send("a LOGIN " + "x".repeat(200_000)).line())
                                .startsWith("* BYE");
                    }
                }),
                new Probe("a line without end is refused after login", server -> {
                    try (Peer peer = server.reader()) {
                        assertThat(peer.send("a SEARCH SUBJECT " + "x".repeat(200_000))
                                        .line())
                                .startsWith("* BYE");
                    }
                }),
                new Probe("a search that only the database cannot bear is refused", server -> {
                    refused(selected(server.reader()), "SEARCH " + "NOT ".repeat(1_000) + "ALL");
                    refused(selected(server.reader()), "SEARCH " + "(".repeat(1_000) + "ALL" + ")".repeat(1_000));
                }),
                new Probe(
                        "a literal that is no number is refused",
                        server -> refused(server.imap(), "LOGIN {12a}x {-}")));
    }
}
