package org.therapost.server.demo;

import javax.mail.Message;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/** What must not happen is tried, and refused before anything is filed or leaves. */
final class RefusalAct {

    private static final String SOMEBODY = "somebody@elsewhere.example";

    private final Scene scene;
    private final Practice practice;
    private final BloomsProgram bloom;
    private final Narrator narrator;

    RefusalAct(Scene scene, Practice practice, BloomsProgram bloom) {
        this.scene = scene;
        this.practice = practice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("What must not happen");
        narrator.step("Mallory forges Alice in every field: refused, nothing is filed", () -> forge(Outside.ALICE));
        narrator.step("Mallory forges Alice, with an envelope of evil.example", () -> forge(Outside.MALLORY));
        narrator.step("Dr Bloom's mail to somebody outside all threads is refused", this::outsideAddress);
        narrator.step("Dr Bloom's answer to Alice with a copy to Bruno is refused", this::bothClients);
    }

    private void forge(String envelopeSender) throws Exception {
        byte[] forged = Mail.octets(Mail.text(
                Outside.ALICE,
                practice.aliceThread(),
                "Please call me",
                "I have a new number: please call me at once.\n"));
        unchanged(() -> {
            MailHost.Reply reply =
                    Outside.MALLORYS_HOST.send(scene.smtp(), envelopeSender, practice.aliceThread(), forged);
            narrator.note("From: " + Outside.ALICE + ", sent by " + Outside.MALLORYS_HOST.name() + " ("
                    + Outside.MALLORYS_HOST.address() + "); answer:");
            narrator.note(reply.text());
            Check.that(reply.code() == 550, "Mallory was not refused with 550");
        });
    }

    private void outsideAddress() throws Exception {
        MimeMessage answer = Mail.text(Script.BLOOM, SOMEBODY, "Saturday", "At our usual hour?\n");
        refused(SOMEBODY, answer);
    }

    private void bothClients() throws Exception {
        MimeMessage answer = Mail.text(Script.BLOOM, practice.aliceThread(), "Saturday", "At our usual hour?\n");
        answer.setRecipient(Message.RecipientType.CC, new InternetAddress(practice.brunoThread()));
        answer.saveChanges();
        refused(practice.aliceThread(), answer);
    }

    private void refused(String recipient, MimeMessage answer) throws Exception {
        unchanged(() -> {
            MailHost.Reply reply = bloom.submit(recipient, answer);
            narrator.note(reply.text());
            Check.that(reply.code() >= 550 && reply.code() < 560, "it was not refused");
        });
        Check.that(scene.outside().providerA().count() == 1, "something has left for provider A");
    }

    /** Whatever happens, the record and Dr Bloom's folders hold what they held before. */
    private void unchanged(Narrator.Step step) throws Exception {
        String before = holdings();
        step.play();
        Check.same(before, holdings(), "messages in both threads and in Dr Bloom's folders");
    }

    private String holdings() throws Exception {
        try (Mailbox mailbox = bloom.mailbox()) {
            return scene.thread(practice.aliceThread()).path("messages").asText() + " "
                    + scene.thread(practice.brunoThread()).path("messages").asText() + " "
                    + mailbox.count(Practice.INBOX) + " "
                    + mailbox.count(Practice.ALICES_FOLDER) + " "
                    + mailbox.count(Practice.BRUNOS_FOLDER);
        }
    }
}
