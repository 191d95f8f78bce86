package org.therapost.domain.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sessions.PlainSessions;

/** Dr Bloom's practice in memory: all ports of the conversation, with Alice and Bruno as clients. */
public final class House implements Directory, Threads, Sealer, Composer, Relay, Outbox {

    public static final Instant NOW = Instant.parse("2026-11-22T20:00:00Z");
    public static final EmailAddress ALICE = EmailAddress.of("alice@provider.example");
    public static final EmailAddress BRUNO = EmailAddress.of("bruno@elsewhere.example");
    public static final EmailAddress MALLORY = EmailAddress.of("mallory@evil.example");

    public final Therapist bloom = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate("bloom".getBytes(UTF_8)));

    private final Map<String, ClientThread> threads = new HashMap<>();
    /** Threads whose rows somebody changed. */
    public final Set<ThreadId> changed = new HashSet<>();

    public final List<Filing> filed = new ArrayList<>();
    public final List<Parcel> parcels = new ArrayList<>();
    public final Map<ParcelId, Duration> putOff = new HashMap<>();
    public final List<Deferral> postponements = new ArrayList<>();
    final List<Damaged> damaged = new ArrayList<>();
    public final List<ParcelId> delivered = new ArrayList<>();
    public final List<Readers> sealedTo = new ArrayList<>();
    public final List<Certificate> expired = new ArrayList<>();
    public final List<ParcelId> givenUp = new ArrayList<>();
    public final List<CarriageNote> notices = new ArrayList<>();
    public final PlainSessions sessions = new PlainSessions(this, Clock.fixed(NOW, ZoneOffset.UTC));
    public final StableMessageIds messageIds = sessions.messageIds;
    public Attempt nextAttempt = new Attempt.Delivered();
    public Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    public ClientThread enrol(EmailAddress client, Optional<Certificate> certificate, boolean tlsConsent) {
        return enrol(client, "A client", certificate, tlsConsent);
    }

    public ClientThread enrol(EmailAddress client, String name, Optional<Certificate> certificate, boolean tlsConsent) {
        EmailAddress address = EmailAddress.of("thread" + threads.size() + "@practice.example");
        ClientThread thread = new ClientThread(
                new ThreadId(UUID.randomUUID()),
                address,
                bloom,
                new Client(client, name, certificate, tlsConsent),
                new Certificate(address.value().getBytes(UTF_8)));
        threads.put(address.canonical(), thread);
        return thread;
    }

    public void change(ClientThread thread, Client client) {
        threads.put(
                thread.address().canonical(),
                new ClientThread(thread.id(), thread.address(), thread.therapist(), client, thread.key()));
    }

    public static MailContent mail(String text) {
        return MailContent.of(text.replace("\n", "\r\n").getBytes(UTF_8));
    }

    @Override
    public Destination resolve(EmailAddress address) throws RefusedException {
        ClientThread thread = threads.get(address.canonical());
        if (thread != null) {
            return new Destination.ToThread(thread);
        }
        if (address.sameMailbox(bloom.address())) {
            return new Destination.ToTherapist(bloom);
        }
        throw new RefusedException(Refusal.UNKNOWN_RECIPIENT);
    }

    @Override
    public Therapist therapist(EmailAddress account) throws RefusedException {
        if (account.sameMailbox(bloom.address())) {
            return bloom;
        }
        throw new RefusedException(Refusal.NOT_SELF);
    }

    @Override
    public List<ClientThread> threadsWith(EmailAddress client, EmailAddress account) {
        return threads.values().stream()
                .filter(thread -> thread.therapist().address().sameMailbox(account)
                        && thread.client().writesAs(client))
                .toList();
    }

    @Override
    public ThreadList threadsOf(Therapist therapist) {
        return new ThreadList(
                threads.values().stream()
                        .filter(thread -> thread.therapist().equals(therapist) && !changed.contains(thread.id()))
                        .sorted(Comparator.comparing(thread -> thread.address().value()))
                        .toList(),
                Set.copyOf(changed));
    }

    @Override
    public boolean isOfSomebodyEnrolled(EmailAddress address) {
        return threads.values().stream().anyMatch(thread -> thread.client().writesAs(address));
    }

    @Override
    public ClientThread thread(ThreadId id) throws RefusedException {
        return threads.values().stream()
                .filter(thread -> thread.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_RECIPIENT));
    }

    @Override
    public List<FiledMessage> file(List<Filing> filings, List<Parcel> posted) {
        List<FiledMessage> before = filed(filings.stream().map(Filing::id).toList());
        if (!before.isEmpty()) {
            return before;
        }
        filed.addAll(filings);
        filings.forEach(sessions.knownIds::file);
        parcels.addAll(posted);
        posted.forEach(sessions.knownIds::post);
        return filings.stream()
                .map(filing -> new FiledMessage(filing.id(), clock.instant()))
                .toList();
    }

    @Override
    public List<FiledMessage> filed(List<MessageId> ids) {
        return ids.stream()
                .filter(id -> filed.stream().anyMatch(filing -> filing.id().equals(id))
                        || sessions.timetables.visible.contains(id))
                .map(id -> new FiledMessage(id, clock.instant()))
                .toList();
    }

    @Override
    public boolean renew(ParcelLease hold) {
        return true;
    }

    @Override
    public boolean delivered(ParcelLease hold) {
        delivered.add(hold.parcel());
        return true;
    }

    @Override
    public List<Damaged> damaged() {
        return List.copyOf(damaged);
    }

    @Override
    public boolean tellDamaged(ParcelId parcel, List<Filing> filings) {
        filed.addAll(filings);
        return damaged.removeIf(one -> one.parcel().equals(parcel));
    }

    @Override
    public boolean putOff(ParcelLease hold, Deferral deferral, List<Filing> filings) {
        putOff.put(hold.parcel(), deferral.pause());
        postponements.add(deferral);
        filed.addAll(filings);
        return true;
    }

    @Override
    public boolean giveUp(ParcelLease hold, List<Filing> filings) {
        givenUp.add(hold.parcel());
        filed.addAll(filings);
        return true;
    }

    @Override
    public Optional<List<FiledMessage>> fileUntimed(List<Filing> filings) {
        return Optional.of(file(filings, List.of()));
    }

    @Override
    public List<ParcelId> waiting(ThreadId thread) {
        return parcels.stream()
                .filter(parcel -> parcel.thread().equals(thread) && parcel.carriage() == Carriage.WAIT)
                .map(Parcel::id)
                .toList();
    }

    @Override
    public Optional<Parcel> parcel(ParcelId id) {
        return parcels.stream()
                .filter(parcel -> parcel.id().equals(id) && parcel.carriage() == Carriage.WAIT)
                .findFirst();
    }

    @Override
    public void release(Parcel ready) {
        parcels.replaceAll(parcel -> parcel.id().equals(ready.id()) ? ready : parcel);
    }

    @Override
    public SealedMessage seal(MailContent content, Readers readers) {
        sealedTo.add(readers);
        byte[] none = new byte[0];
        return new SealedMessage(none, none, none, none, content.headerSize(), content.size());
    }

    @Override
    public byte[] encryptForCarriage(byte[] entity, Certificate recipient, Optional<SigningSubkey> signing) {
        throw new UnsupportedOperationException("composing is the adapter's");
    }

    @Override
    public boolean canEncryptTo(Certificate recipient) {
        return !expired.contains(recipient);
    }

    @Override
    public boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate) {
        return false;
    }

    @Override
    public MailContent answer(ClientThread thread, MailContent written, Carriage carriage) {
        return mail("X-Carriage: " + carriage + "\n\n" + written.size());
    }

    @Override
    public MailContent retitled(MailContent written, String subject) {
        return mail("Subject: " + subject + "\n\n");
    }

    @Override
    public MailContent notice(Therapist therapist, CarriageNote notice) {
        notices.add(notice);
        return mail("Subject: a notice\n\n");
    }

    @Override
    public Attempt deliver(Parcel parcel, LastLook lastLook) {
        return nextAttempt;
    }
}
