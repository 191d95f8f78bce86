package org.therapost.mailets.letters;

import static org.therapost.mailets.TestPeople.ALICE;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.office.Office;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.TestSigningSubkeys;
import org.therapost.mailets.mime.JakartaComposer;
import org.therapost.mailets.mime.MailReader;
import org.therapost.mailets.mime.OutgoingMessageWriter;

/** Where letters are written: a practice whose domain tells nothing, and a thread with Alice. */
final class Desk {

    static final SigningKey KEY = TestPeople.signingKey("post.example", 2048);
    static final Instant NOW = Instant.parse("2026-11-30T09:05:07Z");
    static final ClientThread THREAD = TestPeople.thread("k7m2qx@post.example", ALICE);

    private final RememberingSealer sealer = new RememberingSealer();
    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final Templates templates;
    final MailReader reader = new MailReader();
    final TemplateLetters letters;
    final TemplateCarriageNotes notices;
    final TemplateOfficeNotes office;
    final JakartaComposer composer;

    Desk() {
        this(Templates.packaged(), Locale.ENGLISH);
    }

    Desk(Templates templates, Locale therapists) {
        this.templates = templates;
        OutgoingMessageWriter outgoingMessageWriter =
                new OutgoingMessageWriter(practice -> KEY, new TestSigningSubkeys(), sealer, clock);
        OfficeLetters office =
                new OfficeLetters(templates, outgoingMessageWriter, serverKey, new Office("office"), therapists);
        this.notices = new TemplateCarriageNotes(office, ZoneId.of("Europe/London"));
        this.office = new TemplateOfficeNotes(office);
        this.composer = new JakartaComposer(
                outgoingMessageWriter, serverKey, (thread, ids) -> Set.copyOf(ids), reader, notices);
        this.letters = new TemplateLetters(
                this.templates, outgoingMessageWriter, serverKey, new PlainCalendars(), office, clock);
    }

    ReadLetter toClient(ClientLetter notice, Locale language, Carriage carriage) throws Exception {
        return toClient(notice, language, carriage, Optional.empty());
    }

    ReadLetter toClient(ClientLetter notice, Locale language, Carriage carriage, Optional<String> about)
            throws Exception {
        return ReadLetter.of(content(notice, language, carriage, about));
    }

    MailContent content(ClientLetter notice, Locale language, Carriage carriage, Optional<String> about)
            throws CannotTellException {
        return letters.toClient(THREAD, Examples.client(language), notice, about, carriage);
    }

    ReadLetter toTherapist(TherapistNote note) throws Exception {
        return toTherapist(note, NoteContext.NONE);
    }

    ReadLetter toTherapist(TherapistNote note, NoteContext context) throws Exception {
        return ReadLetter.of(
                letters.toTherapist(THREAD, Examples.TERMS, Examples.client(Locale.ENGLISH), note, context));
    }

    /** What was encrypted last. */
    String encrypted() {
        return sealer.entity;
    }

    /** Encodes instead of encrypting, and remembers what it was given. */
    private static final class RememberingSealer implements Sealer {

        private String entity = "";

        @Override
        public SealedMessage seal(MailContent content, Readers readers) {
            throw new IllegalStateException("letters are sealed by those who file them");
        }

        @Override
        public byte[] encryptForCarriage(byte[] plain, Certificate recipient, Optional<SigningSubkey> signing) {
            entity = new String(plain, StandardCharsets.UTF_8);
            String armor = Base64.getMimeEncoder().encodeToString(plain);
            return ("-----BEGIN PGP MESSAGE-----\r\n\r\n" + armor + "\r\n-----END PGP MESSAGE-----\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public boolean canEncryptTo(Certificate recipient) {
            return true;
        }

        @Override
        public boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate) {
            return false;
        }
    }
}
