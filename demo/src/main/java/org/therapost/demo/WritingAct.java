package org.therapost.demo;

import java.security.MessageDigest;
import java.util.HexFormat;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.DemoException;
import org.therapost.demo.world.IdleWatcher;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;

/** Alice and Bruno write from where they have their mail; Dr Bloom reads in an ordinary mail program. */
final class WritingAct {

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final BloomsProgram bloom;
    private final Narrator narrator;
    private byte[] aliceWrote = new byte[0];
    private byte[] brunoWrote = new byte[0];

    WritingAct(Scene scene, EnrolledPractice enrolledPractice, BloomsProgram bloom) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("Alice and Bruno write");
        narrator.step(
                "Alice writes; provider A is known by SPF; Dr Bloom's program is told at once", this::aliceWrites);
        narrator.step("Bruno writes through a forwarder; provider B is known by DKIM", this::brunoWrites);
        narrator.act("Dr Bloom reads");
        narrator.step("without TLS nobody can log in", this::noLoginInClear);
        narrator.step("Alice's mail is in INBOX and in Clients/Alice, octet for octet", this::bloomReadsAlice);
        narrator.step("Bruno's mail is in INBOX and in Clients/Bruno, octet for octet", this::bloomReadsBruno);
        narrator.step("a search by IMAP finds Alice's words", this::bloomSearches);
    }

    private void aliceWrites() throws Exception {
        try (IdleWatcher idleWatcher = IdleWatcher.on(bloom.mailbox(), EnrolledPractice.INBOX)) {
            MimeMessage mail = MailText.text(
                    OutsideWorld.ALICE, enrolledPractice.aliceThread(), Script.ALICES_SUBJECT, Script.ALICE_WRITES);
            aliceWrote = MailText.octets(mail);
            accepted(OutsideWorld.HOST_A, OutsideWorld.ALICE, enrolledPractice.aliceThread(), aliceWrote);
            DemoCheck.that(idleWatcher.noticed(), "IDLE told nothing");
        }
    }

    private void brunoWrites() throws Exception {
        MimeMessage mail = MailText.withAttachment(
                OutsideWorld.BRUNO,
                enrolledPractice.brunoThread(),
                Script.BRUNOS_SUBJECT,
                Script.BRUNO_WRITES,
                Script.diary());
        brunoWrote = scene.outside().signatureB().sign(MailText.octets(mail));
        accepted(OutsideWorld.FORWARDER, OutsideWorld.BRUNO, enrolledPractice.brunoThread(), brunoWrote);
    }

    private void accepted(MailHost from, String sender, String recipient, byte[] mail) throws Exception {
        MailHost.Reply reply = from.send(scene.smtp(), sender, recipient, mail);
        narrator.note(
                from.name() + " (" + from.address() + ") sends " + mail.length + " octets; answer: " + reply.text());
        DemoCheck.that(reply.accepted(), "not accepted: " + reply.text());
    }

    private void noLoginInClear() throws Exception {
        DemoCheck.that(!bloom.loginInClear(), "Dr Bloom's password was taken without TLS");
    }

    private void bloomReadsAlice() throws Exception {
        MimeMessage mail = asSent(EnrolledPractice.ALICES_FOLDER, 1, aliceWrote);
        DemoCheck.same(Script.ALICES_SUBJECT, mail.getSubject(), "subject");
        DemoCheck.same(Script.ALICE_WRITES, MailText.text(mail), "text");
        narrator.show("Subject: " + mail.getSubject() + "\n\n" + MailText.text(mail));
    }

    private void bloomReadsBruno() throws Exception {
        MimeMessage mail = asSent(EnrolledPractice.BRUNOS_FOLDER, 2, brunoWrote);
        DemoCheck.same(Script.BRUNO_WRITES, MailText.text(mail), "text");
        MailText.Attachment file = MailText.attachment(mail);
        DemoCheck.same(digest(Script.diary().octets()), digest(file.octets()), "attachment (SHA-256)");
        narrator.show("Subject: " + mail.getSubject() + "\n\n" + MailText.text(mail) + "\n[" + file.name() + ", "
                + file.octets().length + " octets, SHA-256 "
                + digest(file.octets()).substring(0, 16) + "...]");
    }

    /** The message in its thread's folder and in INBOX, where it is the so-manieth. */
    private MimeMessage asSent(String folder, int inInbox, byte[] sent) throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            same(sent, DemoCheck.soon("mail in " + folder, () -> mailbox.number(folder, 1)), folder);
            same(
                    sent,
                    DemoCheck.soon("mail in INBOX", () -> mailbox.number(EnrolledPractice.INBOX, inInbox)),
                    EnrolledPractice.INBOX);
        }
        return MailText.read(sent);
    }

    private static void same(byte[] sent, ImapMailbox.Served served, String folder) throws DemoException {
        DemoCheck.that(MessageDigest.isEqual(sent, served.octets()), "what " + folder + " serves is not what was sent");
        DemoCheck.that(sent.length == served.size(), "IMAP calls " + sent.length + " octets " + served.size());
    }

    private void bloomSearches() throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            DemoCheck.that(
                    mailbox.search(EnrolledPractice.INBOX, "lighthouse") == 1, "\"lighthouse\" was not found once");
            DemoCheck.that(mailbox.search(EnrolledPractice.INBOX, "lightship") == 0, "\"lightship\" was found");
        }
    }

    private static String digest(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }
}
