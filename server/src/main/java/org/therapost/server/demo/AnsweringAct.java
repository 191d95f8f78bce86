package org.therapost.server.demo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import javax.mail.internet.MimeMessage;

/** Dr Bloom answers; each answer is filed first and then travels as its client's side allows. */
final class AnsweringAct {

    private final Scene scene;
    private final Practice practice;
    private final BloomsProgram bloom;
    private final Narrator narrator;

    AnsweringAct(Scene scene, Practice practice, BloomsProgram bloom) {
        this.scene = scene;
        this.practice = practice;
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
                Practice.ALICES_FOLDER,
                practice.aliceThread(),
                Script.bloomAnswers(Mail.text(firstIn(Practice.ALICES_FOLDER))));
    }

    private void answer(String folder, String thread, String text) throws Exception {
        MimeMessage answer = Mail.answer(firstIn(folder), Script.BLOOM, thread, text);
        MailHost.Reply reply = bloom.submit(thread, answer);
        Check.that(reply.accepted(), "not accepted: " + reply.text());
        try (Mailbox mailbox = bloom.mailbox()) {
            byte[] filed = Check.soon("the answer in " + folder, () -> mailbox.number(folder, 2))
                    .octets();
            Check.that(MessageDigest.isEqual(Mail.octets(answer), filed), "what was filed is not what was submitted");
        }
    }

    private MimeMessage firstIn(String folder) throws Exception {
        try (Mailbox mailbox = bloom.mailbox()) {
            return Mail.read(Check.soon("mail in " + folder, () -> mailbox.number(folder, 1))
                    .octets());
        }
    }

    private void providerSees() throws Exception {
        byte[] carried = scene.outside().providerA().mail(1);
        Check.same(Script.PRACTICE, Dkim.verify(carried, scene.outside().dns().address()), "signing domain");
        String text = new String(carried, StandardCharsets.UTF_8);
        for (String word : new String[] {"lighthouse", "birthday", "Bloom", "waking"}) {
            Check.that(!text.contains(word), "provider A can read \"" + word + "\"");
        }
        MimeMessage mail = Mail.read(carried);
        Check.same(practice.aliceThread(), mail.getFrom()[0].toString(), "From");
        narrator.show("From: " + mail.getFrom()[0] + "\nSubject: " + mail.getSubject() + "\n" + "Content-Type: "
                + mail.getContentType().split(";", 2)[0]);
    }

    private void aliceReads() throws Exception {
        MimeMessage carried = Mail.read(scene.outside().providerA().mail(1));
        MimeMessage opened = practice.aliceKey().open(carried);
        String expected = Script.bloomAnswers(Script.ALICE_WRITES);
        Check.same(expected, Mail.text(opened), "text");
        Check.same("Re: " + Script.ALICES_SUBJECT, opened.getSubject(), "subject");
        sameConversation(carried, firstIn(Practice.ALICES_FOLDER));
        narrator.show("Subject: " + opened.getSubject() + "\n\n" + Mail.text(opened));
    }

    /** RFC 5322 section 3.6.4: what mail programs build threads from. */
    private static void sameConversation(MimeMessage answer, MimeMessage question) throws Exception {
        String id = question.getMessageID();
        Check.same(id, String.join(" ", answer.getHeader("In-Reply-To")), "In-Reply-To");
        Check.that(String.join(" ", answer.getHeader("References")).contains(id), "References lack " + id);
    }

    private void brunoWaits() throws Exception {
        answer(Practice.BRUNOS_FOLDER, practice.brunoThread(), Script.BLOOM_TELLS_BRUNO);
        try (Mailbox mailbox = bloom.mailbox()) {
            MimeMessage notice = Mail.read(Check.soon("a notice", () -> mailbox.number(Practice.INBOX, 3))
                    .octets());
            Check.that(notice.getSubject().startsWith("Bruno: "), "the notice names another client");
            narrator.show("Subject: " + notice.getSubject() + "\n\n" + Mail.text(notice));
        }
        Check.that(scene.thread(practice.brunoThread()).path("waiting").asInt() == 1, "nothing waits in the thread");
        Check.that(scene.outside().providerB().count() == 0, "it did not wait");
    }

    private void brunoConsents() throws Exception {
        scene.operator().type("client", "consent", practice.brunoThread(), "--carriage", "tls");
        byte[] carried = scene.outside().providerB().mail(1);
        Check.that(scene.outside().exchangerB().takenOverTls() == 1, "it did not come over TLS");
        Check.same(Script.PRACTICE, Dkim.verify(carried, scene.outside().dns().address()), "signing domain");
        MimeMessage mail = Mail.read(carried);
        // GreenMail keeps a message without its last line end.
        Check.same(Script.BLOOM_TELLS_BRUNO.stripTrailing(), Mail.text(mail).stripTrailing(), "text");
        Check.same(practice.brunoThread(), mail.getFrom()[0].toString(), "From");
        sameConversation(mail, firstIn(Practice.BRUNOS_FOLDER));
        Check.that(scene.thread(practice.brunoThread()).path("waiting").asInt() == 0, "something still waits");
        narrator.show("From: " + mail.getFrom()[0] + "\nSubject: " + mail.getSubject() + "\n\n" + Mail.text(mail));
    }
}
