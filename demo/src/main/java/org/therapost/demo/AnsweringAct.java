package org.therapost.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.BloomsProgram;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.DkimProvider;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.Script;

/** Dr Bloom answers; each answer is filed first and then travels as its client's side allows. */
final class AnsweringAct {

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;
    private final BloomsProgram bloom;
    private final Narrator narrator;

    AnsweringAct(Scene scene, EnrolledPractice enrolledPractice, BloomsProgram bloom) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
        this.bloom = bloom;
        this.narrator = scene.narrator();
    }

    void play() throws Exception {
        narrator.act("Dr Bloom answers");
        narrator.step("between Alice's lines, by submission with STARTTLS and AUTH; it is filed", this::answerAlice);
        narrator.step("Alice's provider gets PGP/MIME, DKIM-signed, and nothing to read", this::providerSees);
        narrator.step("Alice's program opens it with her key and keeps the conversation together", this::aliceReads);
        narrator.step(
                "Bruno has no key and has not consented: his answer waits, and Dr Bloom is told", this::brunoWaits);
        narrator.step("client consent --carriage tls: it leaves, over verified TLS, DKIM-signed", this::brunoConsents);
    }

    private void answerAlice() throws Exception {
        answer(
                EnrolledPractice.ALICES_FOLDER,
                enrolledPractice.aliceThread(),
                Script.bloomAnswers(MailText.text(firstIn(EnrolledPractice.ALICES_FOLDER))));
    }

    private void answer(String folder, String thread, String text) throws Exception {
        MimeMessage answer = MailText.answer(firstIn(folder), Script.BLOOM, thread, text);
        MailHost.Reply reply = bloom.submit(thread, answer);
        DemoCheck.that(reply.accepted(), "not accepted: " + reply.text());
        try (ImapMailbox mailbox = bloom.mailbox()) {
            byte[] filed = DemoCheck.soon("the answer in " + folder, () -> mailbox.number(folder, 2))
                    .octets();
            DemoCheck.that(
                    MessageDigest.isEqual(MailText.octets(answer), filed), "what was filed is not what was submitted");
        }
    }

    private MimeMessage firstIn(String folder) throws Exception {
        try (ImapMailbox mailbox = bloom.mailbox()) {
            return MailText.read(DemoCheck.soon("mail in " + folder, () -> mailbox.number(folder, 1))
                    .octets());
        }
    }

    private void providerSees() throws Exception {
        byte[] carried = scene.outside().providerA().mail(1);
        DemoCheck.same(
                Script.PRACTICE,
                DkimProvider.verify(carried, scene.outside().dns().address()),
                "signing domain");
        String text = new String(carried, StandardCharsets.UTF_8);
        for (String word : new String[] {"lighthouse", "birthday", "Bloom", "waking"}) {
            DemoCheck.that(!text.contains(word), "provider A can read \"" + word + "\"");
        }
        MimeMessage mail = MailText.read(carried);
        DemoCheck.same(enrolledPractice.aliceThread(), mail.getFrom()[0].toString(), "From");
        narrator.show("From: " + mail.getFrom()[0] + "\nSubject: " + mail.getSubject() + "\n" + "Content-Type: "
                + mail.getContentType().split(";", 2)[0]);
    }

    private void aliceReads() throws Exception {
        MimeMessage carried = MailText.read(scene.outside().providerA().mail(1));
        MimeMessage opened = enrolledPractice.aliceKey().open(carried);
        String expected = Script.bloomAnswers(Script.ALICE_WRITES);
        DemoCheck.same(expected, MailText.text(opened), "text");
        DemoCheck.same("Re: " + Script.ALICES_SUBJECT, opened.getSubject(), "subject");
        sameConversation(carried, firstIn(EnrolledPractice.ALICES_FOLDER));
        narrator.show("Subject: " + opened.getSubject() + "\n\n" + MailText.text(opened));
    }

    /** RFC 5322 section 3.6.4: what mail programs build threads from. */
    private static void sameConversation(MimeMessage answer, MimeMessage question) throws Exception {
        String id = question.getMessageID();
        DemoCheck.same(id, String.join(" ", answer.getHeader("In-Reply-To")), "In-Reply-To");
        DemoCheck.that(String.join(" ", answer.getHeader("References")).contains(id), "References lack " + id);
    }

    private void brunoWaits() throws Exception {
        answer(EnrolledPractice.BRUNOS_FOLDER, enrolledPractice.brunoThread(), Script.BLOOM_TELLS_BRUNO);
        try (ImapMailbox mailbox = bloom.mailbox()) {
            MimeMessage notice = MailText.read(DemoCheck.soon(
                            "a notice", () -> mailbox.newest(EnrolledPractice.INBOX, "Bruno: Your message is waiting"))
                    .octets());
            DemoCheck.that(notice.getSubject().startsWith("Bruno: "), "the notice names another client");
            narrator.show("Subject: " + notice.getSubject() + "\n\n" + MailText.text(notice));
        }
        DemoCheck.that(
                scene.thread(enrolledPractice.brunoThread()).path("waiting").asInt() == 1,
                "nothing waits in the thread");
        DemoCheck.that(scene.outside().providerB().count() == 0, "it did not wait");
    }

    private void brunoConsents() throws Exception {
        scene.operator().type("client", "consent", enrolledPractice.brunoThread(), "--carriage", "tls");
        byte[] carried = scene.outside().providerB().mail(1);
        DemoCheck.that(scene.outside().exchangerB().takenOverTls() == 1, "it did not come over TLS");
        DemoCheck.same(
                Script.PRACTICE,
                DkimProvider.verify(carried, scene.outside().dns().address()),
                "signing domain");
        MimeMessage mail = MailText.read(carried);
        // GreenMail keeps a message without its last line end.
        DemoCheck.same(
                Script.BLOOM_TELLS_BRUNO.stripTrailing(), MailText.text(mail).stripTrailing(), "text");
        DemoCheck.same(enrolledPractice.brunoThread(), mail.getFrom()[0].toString(), "From");
        sameConversation(mail, firstIn(EnrolledPractice.BRUNOS_FOLDER));
        DemoCheck.that(
                scene.thread(enrolledPractice.brunoThread()).path("waiting").asInt() == 0, "something still waits");
        narrator.show("From: " + mail.getFrom()[0] + "\nSubject: " + mail.getSubject() + "\n\n" + MailText.text(mail));
    }
}
