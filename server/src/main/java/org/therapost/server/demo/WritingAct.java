package org.therapost.server.demo;

import java.security.MessageDigest;
import java.util.HexFormat;
import javax.mail.internet.MimeMessage;

/** Alice and Bruno write from where they have their mail; Dr Bloom reads in an ordinary mail program. */
final class WritingAct {

    private final Scene scene;
    private final Practice practice;
    private final BloomsProgram bloom;
    private final Narrator narrator;
    private byte[] aliceWrote = new byte[0];
    private byte[] brunoWrote = new byte[0];

    WritingAct(Scene scene, Practice practice, BloomsProgram bloom) {
        this.scene = scene;
        this.practice = practice;
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
        try (Push push = Push.on(bloom.mailbox(), Practice.INBOX)) {
            MimeMessage mail =
                    Mail.text(Outside.ALICE, practice.aliceThread(), Script.ALICES_SUBJECT, Script.ALICE_WRITES);
            aliceWrote = Mail.octets(mail);
            accepted(Outside.HOST_A, Outside.ALICE, practice.aliceThread(), aliceWrote);
            Check.that(push.noticed(), "IDLE told nothing");
        }
    }

    private void brunoWrites() throws Exception {
        MimeMessage mail = Mail.withAttachment(
                Outside.BRUNO, practice.brunoThread(), Script.BRUNOS_SUBJECT, Script.BRUNO_WRITES, Script.diary());
        brunoWrote = scene.outside().signatureB().sign(Mail.octets(mail));
        accepted(Outside.FORWARDER, Outside.BRUNO, practice.brunoThread(), brunoWrote);
    }

    private void accepted(MailHost from, String sender, String recipient, byte[] mail) throws Exception {
        MailHost.Reply reply = from.send(scene.smtp(), sender, recipient, mail);
        narrator.note(
                from.name() + " (" + from.address() + ") sends " + mail.length + " octets; answer: " + reply.text());
        Check.that(reply.accepted(), "not accepted: " + reply.text());
    }

    private void noLoginInClear() throws Exception {
        Check.that(!bloom.loginInClear(), "Dr Bloom's password was taken without TLS");
    }

    private void bloomReadsAlice() throws Exception {
        MimeMessage mail = asSent(Practice.ALICES_FOLDER, 1, aliceWrote);
        Check.same(Script.ALICES_SUBJECT, mail.getSubject(), "subject");
        Check.same(Script.ALICE_WRITES, Mail.text(mail), "text");
        narrator.show("Subject: " + mail.getSubject() + "\n\n" + Mail.text(mail));
    }

    private void bloomReadsBruno() throws Exception {
        MimeMessage mail = asSent(Practice.BRUNOS_FOLDER, 2, brunoWrote);
        Check.same(Script.BRUNO_WRITES, Mail.text(mail), "text");
        Mail.Attachment file = Mail.attachment(mail);
        Check.same(digest(Script.diary().octets()), digest(file.octets()), "attachment (SHA-256)");
        narrator.show("Subject: " + mail.getSubject() + "\n\n" + Mail.text(mail) + "\n[" + file.name() + ", "
                + file.octets().length + " octets, SHA-256 "
                + digest(file.octets()).substring(0, 16) + "...]");
    }

    /** The message in its thread's folder and in INBOX, where it is the so-manieth. */
    private MimeMessage asSent(String folder, int inInbox, byte[] sent) throws Exception {
        try (Mailbox mailbox = bloom.mailbox()) {
            same(sent, Check.soon("mail in " + folder, () -> mailbox.number(folder, 1)), folder);
            same(sent, Check.soon("mail in INBOX", () -> mailbox.number(Practice.INBOX, inInbox)), Practice.INBOX);
        }
        return Mail.read(sent);
    }

    private static void same(byte[] sent, Mailbox.Served served, String folder) throws DemoException {
        Check.that(MessageDigest.isEqual(sent, served.octets()), "what " + folder + " serves is not what was sent");
        Check.that(sent.length == served.size(), "IMAP calls " + sent.length + " octets " + served.size());
    }

    private void bloomSearches() throws Exception {
        try (Mailbox mailbox = bloom.mailbox()) {
            Check.that(mailbox.search(Practice.INBOX, "lighthouse") == 1, "\"lighthouse\" was not found once");
            Check.that(mailbox.search(Practice.INBOX, "lightship") == 0, "\"lightship\" was found");
        }
    }

    private static String digest(byte[] octets) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }
}
