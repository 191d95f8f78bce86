package org.therapost.domain.office;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.clientkeys.ClientKey;
import org.therapost.domain.clientkeys.ClientKeyRing;
import org.therapost.domain.clientkeys.ClientKeyRing.Outcome;
import org.therapost.domain.clientkeys.ClientKeys;
import org.therapost.domain.clientkeys.ComparisonPhrase;
import org.therapost.domain.clientkeys.KeySource;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.incoming.FoundKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.keys.CertificateReading;

/**
 * Takes clients' OpenPGP keys, whoever brings them, and the therapist's word about them. Each change and the note about it are one
 * transaction; answers that waited for it leave after it.
 */
public final class ClientKeyDesk {

    private final Directory threads;
    private final ClientKeys clientKeys;
    private final CertificateReading certificates;
    private final Sealer sealer;
    private final NoteFiling notes;
    private final ReleaseWaiting releaseWaiting;

    public ClientKeyDesk(
            Directory threads,
            ClientKeys clientKeys,
            CertificateReading certificates,
            Sealer sealer,
            NoteFiling notes,
            ReleaseWaiting releaseWaiting) {
        this.threads = threads;
        this.clientKeys = clientKeys;
        this.certificates = certificates;
        this.sealer = sealer;
        this.notes = notes;
        this.releaseWaiting = releaseWaiting;
    }

    /** The mail that a note answers, and the name of that note. */
    record Answering(MessageId note, Optional<String> mail) {}

    /**
     * Takes the first usable certificate that came with the client's own mail. What is none, or cannot be used, is ignored; but a
     * copy of a certificate that is known may say that it was revoked.
     */
    public void foundInMail(ClientThread thread, EmailAddress author, List<FoundKey> found)
            throws RefusedException, CannotTellException {
        for (FoundKey key : found) {
            Optional<Certificate> usable = certificates
                    .read(key.encoded())
                    .toOptional()
                    .filter(read -> key.place() == FoundKey.Place.FIELD || names(read, author));
            if (usable.isPresent()) {
                tookFromMail(thread, author, key.place(), usable.get());
                return;
            }
            refreshed(thread, key.encoded());
        }
    }

    private void tookFromMail(ClientThread thread, EmailAddress author, FoundKey.Place place, Certificate certificate)
            throws RefusedException, CannotTellException {
        // Most mail of a client who has a key brings the very one that is in use.
        if (thread.client().certificate().filter(certificate::equals).isPresent()) {
            releaseWaiting.releaseIfAny(thread.id());
        } else {
            ClientKeyRing.Standing standing = standing(thread, author, place);
            change(
                    thread,
                    (ring, now) -> ring.offered(certificate, KeySource.MAIL, standing, now),
                    new Origin(KeySource.MAIL, Optional.of(author)));
        }
    }

    /** Those who run the server can add a mailbox: what comes from one of several is not the first key. */
    private static ClientKeyRing.Standing standing(ClientThread thread, EmailAddress author, FoundKey.Place place) {
        return place != FoundKey.Place.LOOSE_ATTACHMENT
                        && thread.client().mailboxes().areOnly(author)
                ? ClientKeyRing.Standing.MAY_BE_FIRST
                : ClientKeyRing.Standing.WAITS;
    }

    private boolean names(Certificate certificate, EmailAddress author) {
        return certificates.mailboxes(certificate).stream()
                .flatMap(mailbox -> EmailAddress.parse(mailbox).toOptional().stream())
                .anyMatch(author::sameMailbox);
    }

    /**
     * Takes a certificate from those who run the server: it waits for the therapist's word.
     *
     * @return what it did
     */
    public Outcome putOnFile(ClientThread thread, Certificate certificate)
            throws RefusedException, CannotTellException {
        return change(thread, (ring, now) -> ring.offered(certificate, KeySource.OPERATOR, now), Origin.OPERATOR);
    }

    /**
     * Takes what is new in a copy of a certificate that is known, such as its revocation.
     *
     * @return whether anything was new
     */
    public boolean refreshed(ClientThread thread, byte[] encoded) throws RefusedException, CannotTellException {
        Parsed<Certificate> copy = certificates.readUnjudged(encoded);
        Optional<Certificate> read = copy.toOptional();
        return read.isPresent()
                && change(thread, (ring, now) -> ring.refreshed(read.get()), Origin.UNTOLD) == Outcome.REFRESHED;
    }

    /** Takes all keys of a client off file, as those who run the server want it. */
    public void takenOffFile(ClientThread thread) throws RefusedException, CannotTellException {
        change(thread, (ring, now) -> ring.removed(), Origin.OPERATOR);
    }

    /** Whence a key came, for the note about it. */
    private record Origin(KeySource source, Optional<EmailAddress> mailbox) {

        static final Origin OPERATOR = new Origin(KeySource.OPERATOR, Optional.empty());
        static final Origin UNTOLD = new Origin(KeySource.MAIL, Optional.empty());
    }

    private interface Event {
        ClientKeyRing.Result on(ClientKeyRing ring, Instant now);
    }

    private Outcome change(ClientThread thread, Event event, Origin origin)
            throws RefusedException, CannotTellException {
        List<Outcome> outcome = new ArrayList<>();
        clientKeys.change(thread.id(), (keys, now) -> {
            ClientKeyRing before = ring(keys);
            ClientKeyRing.Result result = event.on(before, now);
            outcome.clear();
            outcome.add(result.outcome());
            List<Filing> told = note(before, result, origin).stream()
                    .map(note -> note instanceof OfficeNote.KeyEnded
                            ? notes.named(thread, note, ending(result.ring()))
                            : notes.of(thread, note))
                    .toList();
            return new ClientKeys.Change(result.ring().keys(), told);
        });
        if (outcome.get(0) != Outcome.REMOVED) {
            releaseWaiting.releaseIfAny(thread.id());
        }
        return outcome.get(0);
    }

    private Optional<OfficeNote> note(ClientKeyRing before, ClientKeyRing.Result result, Origin origin) {
        return switch (result.outcome()) {
            case FIRST -> Optional.of(new OfficeNote.KeyTaken());
            case WAITS -> Optional.of(waits(origin, OfficeNote.Beside.NONE));
            case CHANGED -> Optional.of(waits(origin, OfficeNote.Beside.KEY_IN_USE));
            case REMOVED ->
                Optional.of(new OfficeNote.KeyRemoved(
                        before.inUse().isPresent() ? OfficeNote.Removed.IN_USE : OfficeNote.Removed.WAITING));
            case REFRESHED ->
                isUsable(before) && !isUsable(result.ring())
                        ? Optional.of(new OfficeNote.KeyEnded())
                        : Optional.empty();
            case NOTHING, CONFIRMED, REFUSED -> Optional.empty();
        };
    }

    private static OfficeNote waits(Origin origin, OfficeNote.Beside beside) {
        return new OfficeNote.KeyWaits(origin.source(), beside, origin.mailbox());
    }

    private boolean isUsable(ClientKeyRing ring) {
        return ring.inUse()
                .map(ClientKey::certificate)
                .filter(sealer::canEncryptTo)
                .isPresent();
    }

    /** Tells a therapist of each client to whose key nothing can be encrypted any more; once for each key and its ending. */
    public void tellEnded(Therapist therapist) throws CannotTellException {
        for (ClientThread thread : threads.threadsOf(therapist).readable()) {
            Optional<Certificate> certificate = thread.client().certificate();
            if (certificate.isPresent() && !sealer.canEncryptTo(certificate.get())) {
                notes.once(thread, new OfficeNote.KeyEnded(), ending(certificate.get()));
            }
        }
    }

    private String ending(ClientKeyRing ring) {
        return ring.inUse().map(key -> ending(key.certificate())).orElse("");
    }

    /** A key that is prolonged is another certificate, and may end again. */
    private String ending(Certificate certificate) {
        return certificates.fingerprint(certificate) + " " + certificate.hashCode();
    }

    /** Carries out a command about a client's key. */
    FiledMessage take(ClientThread thread, ClientKeyCommand command, Answering answering)
            throws RefusedException, CannotTellException {
        ClientKeyRing ring = ring(clientKeys.find(thread.id()));
        if (ring.target().isEmpty()) {
            return answer(thread, new OfficeNote.KeyAnswer(OfficeNote.KeyWord.NO_KEY), answering);
        }
        return switch (command.verb()) {
            case CONFIRM -> confirm(thread, ring, command.rest(), answering);
            case REFUSE -> refuse(thread, ring, command.rest(), answering);
        };
    }

    private FiledMessage confirm(ClientThread thread, ClientKeyRing ring, String words, Answering answering)
            throws RefusedException, CannotTellException {
        ClientKey target = ring.target().orElseThrow();
        if (words.isBlank()) {
            return answer(thread, question(thread, ring, target, OfficeNote.KeyQuestion.Asked.CONFIRM), answering);
        }
        String fingerprint = ring.fingerprint(target);
        if (!phrase(thread, fingerprint).isSaidBy(words)) {
            return answer(thread, new OfficeNote.KeyAnswer(OfficeNote.KeyWord.WRONG_WORDS), answering);
        }
        return carryOut(
                thread, (current, now) -> current.confirmed(fingerprint, now), OfficeNote.KeyWord.CONFIRMED, answering);
    }

    private FiledMessage refuse(ClientThread thread, ClientKeyRing ring, String words, Answering answering)
            throws RefusedException, CannotTellException {
        if (words.isBlank() && ring.pending().isPresent()) {
            return carryOut(thread, (current, now) -> current.refused(), OfficeNote.KeyWord.REFUSED, answering);
        }
        if (words.isBlank()) {
            ClientKey used = ring.inUse().orElseThrow();
            return answer(thread, question(thread, ring, used, OfficeNote.KeyQuestion.Asked.REFUSE), answering);
        }
        Optional<String> meant = Stream.concat(ring.pending().stream(), ring.inUse().stream())
                .map(ring::fingerprint)
                .filter(fingerprint -> phrase(thread, fingerprint).isSaidBy(words))
                .findFirst();
        if (meant.isEmpty()) {
            return answer(thread, new OfficeNote.KeyAnswer(OfficeNote.KeyWord.WRONG_WORDS), answering);
        }
        return carryOut(thread, (current, now) -> current.refused(meant.get()), OfficeNote.KeyWord.REFUSED, answering);
    }

    /** Between the look and the change another key may have come: then the words are those of none. */
    private FiledMessage carryOut(ClientThread thread, Event event, OfficeNote.KeyWord done, Answering answering)
            throws RefusedException, CannotTellException {
        FiledMessage filed = clientKeys
                .change(thread.id(), (keys, now) -> {
                    ClientKeyRing before = ring(keys);
                    ClientKeyRing.Result result = event.on(before, now);
                    OfficeNote.KeyWord said = said(before, result, done);
                    Filing note =
                            notes.answer(thread, new OfficeNote.KeyAnswer(said), answering.note(), answering.mail());
                    return new ClientKeys.Change(result.ring().keys(), List.of(note));
                })
                .get(0);
        releaseWaiting.releaseIfAny(thread.id());
        return filed;
    }

    private static OfficeNote.KeyWord said(ClientKeyRing before, ClientKeyRing.Result result, OfficeNote.KeyWord done) {
        if (result.outcome() == Outcome.NOTHING) {
            return OfficeNote.KeyWord.WRONG_WORDS;
        }
        if (result.ring().inUse().isPresent()) {
            return done;
        }
        return before.inUse().isPresent() ? OfficeNote.KeyWord.REFUSED_THE_ONLY_ONE : OfficeNote.KeyWord.REFUSED_UNUSED;
    }

    private OfficeNote question(
            ClientThread thread, ClientKeyRing ring, ClientKey key, OfficeNote.KeyQuestion.Asked asked) {
        String fingerprint = ring.fingerprint(key);
        OfficeNote.KeyQuestion.Standing standing = key.state() instanceof ClientKey.State.InUse used
                ? used.compared().isPresent()
                        ? OfficeNote.KeyQuestion.Standing.COMPARED
                        : OfficeNote.KeyQuestion.Standing.NOT_COMPARED
                : OfficeNote.KeyQuestion.Standing.WAITING;
        return new OfficeNote.KeyQuestion(asked, standing, fingerprint, phrase(thread, fingerprint));
    }

    private ComparisonPhrase phrase(ClientThread thread, String fingerprint) {
        return ComparisonPhrase.of(certificates.fingerprint(thread.key()), fingerprint);
    }

    private FiledMessage answer(ClientThread thread, OfficeNote note, Answering answering) throws CannotTellException {
        return notes.file(thread.therapist(), Optional.of(thread), note, answering.note(), answering.mail());
    }

    private ClientKeyRing ring(List<ClientKey> keys) {
        return new ClientKeyRing(keys, certificates);
    }
}
