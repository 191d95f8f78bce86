package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real mail from many programs: each message is filed and read back octet for octet, or refused with one reply. With
 * {@code -Dcorpus=FOLDER} all files under {@code FOLDER/mail}, otherwise a few of our own, named by their quirk; of those,
 * what must be refused says so in its name.
 */
@Tag("integration")
class CorpusTest {

    private static final Logger LOG = LoggerFactory.getLogger(CorpusTest.class);
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    // More refusals than these, other than for the author, would mean that we refuse what people really send.
    private static final int ODD_REFUSALS = 5;

    private final Map<String, List<Path>> refused = new TreeMap<>();
    private int filed;

    @Test
    void real_mail_is_filed_and_read_back_octet_for_octet_or_refused_with_one_reply(@TempDir Path folder)
            throws Exception {
        String corpus = System.getProperty("corpus", "");
        List<Path> files = files(corpus.isEmpty() ? own() : Path.of(corpus, "mail"));
        assertThat(files).isNotEmpty();
        try (ServerProcess server =
                new ServerProcess(folder, Map.of("inbound.trusted-networks", "127.0.0.1")).start()) {
            server.administrator().practice("practice.example");
            server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
            try (RawSmtp smtp = server.smtp().expect("250", "EHLO outside.example");
                    RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
                for (Path file : files) {
                    send(file, smtp, imap);
                }
            }
        }
        LOG.info("{} messages: {} filed, {} refused", files.size(), filed, files.size() - filed);
        refused.forEach((reply, which) -> LOG.info("{}: {} {}", reply, which.size(), which));
        if (corpus.isEmpty()) {
            assertThat(refused.values().stream().flatMap(List::stream))
                    .containsExactlyInAnyOrderElementsOf(files.stream()
                            .map(Path::getFileName)
                            .filter(file -> file.toString().startsWith("refused-"))
                            .toList());
        }
        assertThat(refused.entrySet().stream()
                        // Who may not write, and what has a field twice that may stand there once: both are meant.
                        .filter(entry -> !entry.getKey().startsWith("550 5.7.1")
                                && !entry.getKey().startsWith("550 5.6.0 Not accepted: a header field"))
                        .mapToInt(entry -> entry.getValue().size())
                        .sum())
                .as(refused.toString())
                .isLessThanOrEqualTo(ODD_REFUSALS);
    }

    private void send(Path file, RawSmtp smtp, RawImap imap) throws IOException {
        byte[] mail = normalized(Files.readAllBytes(file));
        String reply = smtp.mail("somebody@outside.example", DR_BLOOM, mail).strip();
        // One reply for one message: the next one is NOOP's, and nothing comes after it.
        assertThat(smtp.command("NOOP")).as(file.toString()).startsWith("250 ");
        assertThat(smtp.hasMore()).as(file.toString()).isFalse();
        boolean taken = reply.startsWith("250 ");
        if (taken) {
            filed++;
        } else {
            assertThat(reply).as(file.toString()).startsWith("5");
            refused.computeIfAbsent(reply, none -> new ArrayList<>()).add(file.getFileName());
        }
        imap.command("UNSELECT");
        long there = imap.ok("EXAMINE Enquiries").untagged().stream()
                .filter(line -> line.text().endsWith(" EXISTS"))
                .mapToLong(line -> Long.parseLong(line.text().split(" ", 3)[1]))
                .findFirst()
                .orElseThrow();
        assertThat(there).as(file + " was answered with " + reply).isEqualTo(filed);
        if (taken) {
            checkServed(file, mail, there, imap);
        }
    }

    private static void checkServed(Path file, byte[] mail, long number, RawImap imap) throws IOException {
        String name = file.toString();
        RawImap.Line whole =
                imap.ok("FETCH " + number + " (RFC822.SIZE BODY.PEEK[])").with("FETCH");
        assertThat(whole.literal()).as(name).isEqualTo(mail);
        assertThat(whole.number("RFC822.SIZE")).as(name).isEqualTo(mail.length);
        ByteArrayOutputStream halves = new ByteArrayOutputStream();
        for (String half : new String[] {"HEADER", "TEXT"}) {
            halves.write(imap.ok("FETCH " + number + " BODY.PEEK[" + half + "]")
                    .with("FETCH")
                    .literal());
        }
        assertThat(halves.toByteArray()).as(name).isEqualTo(mail);
        assertThat(imap.command("FETCH " + number + " (FLAGS ENVELOPE)").completion())
                .as(name)
                .startsWith("OK");
        assertThat(imap.command("FETCH " + number + " BODYSTRUCTURE").completion())
                .as(name)
                .startsWith("OK");
        assertThat(imap.command("FETCH " + number + " BODY.PEEK[1]").completion())
                .as(name)
                .startsWith("OK");
    }

    /** As a mail server would send it: every line ends with CRLF, the last too. */
    private static byte[] normalized(byte[] octets) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\r' && i + 1 < octets.length && octets[i + 1] == '\n') {
                continue;
            }
            if (octets[i] == '\r' || octets[i] == '\n') {
                mail.write('\r');
                mail.write('\n');
            } else {
                mail.write(octets[i]);
            }
        }
        boolean ended = octets.length > 0 && (octets[octets.length - 1] == '\n' || octets[octets.length - 1] == '\r');
        if (!ended) {
            mail.write('\r');
            mail.write('\n');
        }
        return mail.toByteArray();
    }

    private static Path own() throws Exception {
        URL folder = Objects.requireNonNull(CorpusTest.class.getResource("mail"), "no fixtures");
        return Path.of(URI.create(folder.toString()));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
    }
}
