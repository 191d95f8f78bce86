package org.therapost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.AlicesKey;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.DemoException;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.Script;
import org.therapost.server.folder.PrivateFiles;

/** The operator puts Alice's key on file; Dr Bloom compares it with her, and only then it is used. */
final class KeyAct {

    private static final String OFFICE = "office@" + Script.PRACTICE;
    private static final Pattern CONFIRM = Pattern.compile("(?m)^confirm (\\w+ \\w+ \\w+ \\w+ \\w+)\\s*$");

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final BloomsProgram bloom;
    private final Narrator narrator;
    private String phrase = "";

    KeyAct(Scene scene, EnrolledPractice enrolledPractice, BloomsProgram bloom) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("Alice's key");
        narrator.step("client key add: Alice has OpenPGP, Bruno has not; nothing is encrypted to it yet", this::addKey);
        narrator.step("\"confirm Alice\" to the office: Dr Bloom sees what to compare by telephone", this::ask);
        narrator.step("the five words are its name: now it is Dr Bloom who has it used", this::confirm);
    }

    private void addKey() throws Exception {
        AlicesKey key = enrolledPractice.aliceKey();
        Path file = scene.folder().outside().resolve("alice.asc");
        PrivateFiles.write(file, key.certificate());
        JsonNode answer =
                scene.operator().type("client", "key", "add", enrolledPractice.aliceThread(), file.toString());
        DemoCheck.same(key.fingerprint(), answer.path("fingerprint").asText(), "fingerprint");
        carriage("wait", enrolledPractice.aliceThread());
        show(note("A key waits for your word"));
    }

    private void ask() throws Exception {
        order("confirm Alice");
        MimeMessage question = note("What is to be compared");
        String text = MailText.text(question);
        DemoCheck.that(
                text.replace(" ", "")
                        .contains(enrolledPractice.aliceKey().fingerprint().toUpperCase(Locale.ROOT)),
                "the fingerprint of Alice's key is not in the note");
        Matcher line = CONFIRM.matcher(text);
        DemoCheck.that(line.find(), "the note does not say how to confirm");
        phrase = line.group(1);
        show(question);
    }

    private void confirm() throws Exception {
        order("confirm Alice anchor anchor anchor anchor anchor");
        carriage("wait", enrolledPractice.aliceThread());
        order("confirm Alice " + phrase);
        carriage("openpgp", enrolledPractice.aliceThread());
        carriage("wait", enrolledPractice.brunoThread());
    }

    private void order(String command) throws Exception {
        MailHost.Reply reply = bloom.submit(OFFICE, MailText.text(Script.BLOOM, OFFICE, command, ""));
        DemoCheck.that(reply.accepted(), "not accepted: " + reply.text());
    }

    private MimeMessage note(String subject) throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            return MailText.read(DemoCheck.soon(
                            "\"" + subject + "\" in INBOX",
                            () -> mailbox.newest(EnrolledPractice.INBOX, "Alice: " + subject))
                    .octets());
        }
    }

    private void show(MimeMessage note) throws Exception {
        narrator.show("Subject: " + note.getSubject() + "\n\n" + MailText.text(note));
    }

    private void carriage(String expected, String thread) throws IOException, DemoException {
        DemoCheck.same(expected, scene.thread(thread).path("carriage").asText(), "carriage of " + thread);
    }
}
