package org.therapost.server.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.mail.internet.MimeMessage;

/** Alice's mail program: she writes from her own provider, and opens what is sealed to her with her own key. */
final class AlicesMail {

    private final Scene scene;
    private final Practice practice;

    AlicesMail(Scene scene, Practice practice) {
        this.scene = scene;
        this.practice = practice;
    }

    /** Writes to the thread. */
    byte[] writes(String subject, String text) throws Exception {
        return sends(Mail.text(Outside.ALICE, practice.aliceThread(), subject, text));
    }

    /**
     * Sends a mail to the thread.
     *
     * @return its octets
     * @throws DemoException if it is refused: outside agreed times as well, mail is accepted
     */
    byte[] sends(MimeMessage mail) throws Exception {
        byte[] octets = Mail.octets(mail);
        MailHost.Reply reply = Outside.HOST_A.send(scene.smtp(), Outside.ALICE, practice.aliceThread(), octets);
        Check.that(reply.accepted(), "not accepted: " + reply.text());
        return octets;
    }

    /** The newest mail in her mailbox with this subject, as it was carried; it may still be on its way. */
    MimeMessage carried(String subject) throws Exception {
        return Check.soon("\"" + subject + "\" in Alice's mailbox", () -> {
            List<MimeMessage> found = all(subject);
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1));
        });
    }

    /** How many mails with this subject are in her mailbox. */
    int count(String subject) throws Exception {
        return all(subject).size();
    }

    private List<MimeMessage> all(String subject) throws Exception {
        List<MimeMessage> found = new ArrayList<>();
        try (Mailbox mailbox = scene.outside().providerA().mailbox()) {
            for (Mailbox.Served served : mailbox.messages(Practice.INBOX)) {
                MimeMessage carried = Mail.read(served.octets());
                if (subject.equals(opened(carried).getSubject())) {
                    found.add(carried);
                }
            }
        }
        return found;
    }

    /** What she reads. */
    MimeMessage opened(MimeMessage carried) throws Exception {
        return practice.aliceKey().open(carried);
    }
}
