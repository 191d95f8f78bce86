package org.therapost.demo;

import javax.mail.Message;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.OutsideWorld;
import org.therapost.demo.world.Script;

/** What must not happen is tried, and refused before anything is filed or leaves. */
final class RefusalAct {

    private static final String SOMEBODY = "somebody@elsewhere.example";

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final BloomsProgram bloom;
    private final Narrator narrator;

    RefusalAct(Scene scene, EnrolledPractice enrolledPractice, BloomsProgram bloom) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("What must not happen");
        narrator.step(
                "Mallory forges Alice in every field: refused, nothing is filed", () -> forge(OutsideWorld.ALICE));
        narrator.step("Mallory forges Alice, with an envelope of evil.example", () -> forge(OutsideWorld.MALLORY));
        narrator.step("Dr Bloom's mail to somebody outside all threads is refused", this::outsideAddress);
        narrator.step("Dr Bloom's answer to Alice with a copy to Bruno is refused", this::bothClients);
    }

    private void forge(String envelopeSender) throws Exception {
        byte[] forged = MailText.octets(MailText.text(
                OutsideWorld.ALICE,
                enrolledPractice.aliceThread(),
                "Please call me",
                "I have a new number: please call me at once.\n"));
        unchanged(() -> {
            MailHost.Reply reply = OutsideWorld.MALLORYS_HOST.send(
                    scene.smtp(), envelopeSender, enrolledPractice.aliceThread(), forged);
            narrator.note("From: " + OutsideWorld.ALICE + ", sent by " + OutsideWorld.MALLORYS_HOST.name() + " ("
                    + OutsideWorld.MALLORYS_HOST.address() + "); answer:");
            narrator.note(reply.text());
            DemoCheck.that(reply.code() == 550, "Mallory was not refused with 550");
        });
    }

    private void outsideAddress() throws Exception {
        MimeMessage answer = MailText.text(Script.BLOOM, SOMEBODY, "Saturday", "At our usual hour?\n");
        refused(SOMEBODY, answer);
    }

    private void bothClients() throws Exception {
        MimeMessage answer =
                MailText.text(Script.BLOOM, enrolledPractice.aliceThread(), "Saturday", "At our usual hour?\n");
        answer.setRecipient(Message.RecipientType.CC, new InternetAddress(enrolledPractice.brunoThread()));
        answer.saveChanges();
        refused(enrolledPractice.aliceThread(), answer);
    }

    private void refused(String recipient, MimeMessage answer) throws Exception {
        unchanged(() -> {
            MailHost.Reply reply = bloom.submit(recipient, answer);
            narrator.note(reply.text());
            DemoCheck.that(reply.code() >= 550 && reply.code() < 560, "it was not refused");
        });
        DemoCheck.that(scene.outside().providerA().count() == 1, "something has left for provider A");
    }

    /** Whatever happens, the record and Dr Bloom's folders hold what they held before. */
    private void unchanged(Narrator.Step step) throws Exception {
        String before = holdings();
        step.play();
        DemoCheck.same(before, holdings(), "messages in both threads and in Dr Bloom's folders");
    }

    private String holdings() throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            return scene.thread(enrolledPractice.aliceThread()).path("messages").asText() + " "
                    + scene.thread(enrolledPractice.brunoThread())
                            .path("messages")
                            .asText() + " "
                    + mailbox.count(EnrolledPractice.INBOX) + " "
                    + mailbox.count(EnrolledPractice.ALICES_FOLDER) + " "
                    + mailbox.count(EnrolledPractice.BRUNOS_FOLDER);
        }
    }
}
