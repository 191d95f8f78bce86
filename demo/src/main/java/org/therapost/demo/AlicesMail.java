package org.therapost.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.mail.internet.MimeMessage;
import org.therapost.demo.world.DemoCheck;
import org.therapost.demo.world.DemoException;
import org.therapost.demo.world.ImapMailbox;
import org.therapost.demo.world.MailHost;
import org.therapost.demo.world.MailText;
import org.therapost.demo.world.OutsideWorld;

/** Alice's mail program: she writes from her own provider, and opens what is sealed to her with her own key. */
final class AlicesMail {

    private final Scene scene;
    private final EnrolledPractice enrolledPractice;

    AlicesMail(Scene scene, EnrolledPractice enrolledPractice) {
        this.scene = scene;
        this.enrolledPractice = enrolledPractice;
    }

    /** Writes to the thread. */
    byte[] writes(String subject, String text) throws Exception {
        return sends(MailText.text(OutsideWorld.ALICE, enrolledPractice.aliceThread(), subject, text));
    }

    /**
     * Sends a mail to the thread.
     *
     * @return its octets
     * @throws DemoException if it is refused: outside agreed times as well, mail is accepted
     */
    byte[] sends(MimeMessage mail) throws Exception {
        byte[] octets = MailText.octets(mail);
        MailHost.Reply reply =
                OutsideWorld.HOST_A.send(scene.smtp(), OutsideWorld.ALICE, enrolledPractice.aliceThread(), octets);
        DemoCheck.that(reply.accepted(), "not accepted: " + reply.text());
        return octets;
    }

    /** The newest mail in her mailbox with this subject, as it was carried; it may still be on its way. */
    MimeMessage carried(String subject) throws Exception {
        return DemoCheck.soon("\"" + subject + "\" in Alice's mailbox", () -> {
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
        try (ImapMailbox mailbox = scene.outside().providerA().mailbox()) {
            for (ImapMailbox.Served served : mailbox.messages(EnrolledPractice.INBOX)) {
                MimeMessage carried = MailText.read(served.octets());
                if (subject.equals(opened(carried).getSubject())) {
                    found.add(carried);
                }
            }
        }
        return found;
    }

    /** What she reads. */
    MimeMessage opened(MimeMessage carried) throws Exception {
        return enrolledPractice.aliceKey().open(carried);
    }
}
