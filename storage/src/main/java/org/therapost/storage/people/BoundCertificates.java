package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.CertificateBindings;
import org.therapost.domain.record.CertificateBindings.ThreadCertificate;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * Reads therapists and certificates of threads: those alone that this server bound, with what stands beside them. Nothing is sealed to
 * others, and nothing else in their rows is believed.
 */
public final class BoundCertificates {

    static final String FAULT = "certificate, address, owner or custody is not what this server bound together";

    /** What a query selects for {@link #therapist}. */
    public static final List<Field<?>> THERAPISTS = List.of(
            THERAPIST.ID,
            THERAPIST.PRACTICE_ID,
            THERAPIST.ADDRESS,
            THERAPIST.NAME,
            THERAPIST.CUSTODY,
            THERAPIST.CERTIFICATE,
            THERAPIST.BINDING);

    /** What a query selects for {@link #ofThread}. */
    public static final List<Field<?>> THREADS = List.of(
            THREAD.ID,
            THREAD.THERAPIST_ID,
            THREAD.ADDRESS,
            THREAD_KEY.KEY_ID,
            THREAD_KEY.CERTIFICATE,
            THREAD_KEY.BINDING);

    private final CertificateBindings bindings;

    public BoundCertificates(ServerKey serverKey) {
        this.bindings = new CertificateBindings(serverKey);
    }

    /** What stands beside the certificate of a therapist. */
    public byte[] binding(Therapist therapist) {
        return bindings.of(therapist);
    }

    /** What stands beside the certificate of a thread. */
    public byte[] binding(ThreadCertificate certificate) {
        return bindings.of(certificate);
    }

    /**
     * A therapist.
     *
     * @throws ChangedRowException if certificate, address, practice or custody is not the one that was bound
     */
    public Therapist therapist(Record row) {
        Therapist therapist = unbound(row);
        if (!bindings.holds(therapist, row.get(THERAPIST.BINDING))) {
            throw new ChangedRowException(ofTherapist(row.get(THERAPIST.ID)));
        }
        return therapist;
    }

    /** A therapist whose binding nobody compared. */
    static Therapist unbound(Record row) {
        try {
            return new Therapist(
                    new TherapistId(row.get(THERAPIST.ID)),
                    new PracticeId(row.get(THERAPIST.PRACTICE_ID)),
                    EmailAddress.of(row.get(THERAPIST.ADDRESS)),
                    row.get(THERAPIST.NAME),
                    Custody.valueOf(row.get(THERAPIST.CUSTODY).toUpperCase(Locale.ROOT)),
                    new Certificate(row.get(THERAPIST.CERTIFICATE)));
        } catch (IllegalArgumentException unreadable) {
            throw new ChangedRowException(ofTherapist(row.get(THERAPIST.ID)), unreadable);
        }
    }

    /**
     * The certificate of a thread's key.
     *
     * @throws ChangedRowException if it, or the thread's therapist or address, is not the one that was bound
     */
    public Certificate ofThread(Record row) {
        ThreadCertificate found = unboundOfThread(row);
        if (!bindings.holds(found, row.get(THREAD_KEY.BINDING))) {
            throw new ChangedRowException(ofThread(found.thread()));
        }
        return found.certificate();
    }

    /** The certificate of a thread's key whose binding nobody compared. */
    static ThreadCertificate unboundOfThread(Record row) {
        ThreadId id = new ThreadId(row.get(THREAD.ID));
        try {
            return new ThreadCertificate(
                    id,
                    new TherapistId(row.get(THREAD.THERAPIST_ID)),
                    EmailAddress.of(row.get(THREAD.ADDRESS)),
                    row.get(THREAD_KEY.KEY_ID),
                    new Certificate(row.get(THREAD_KEY.CERTIFICATE)));
        } catch (IllegalArgumentException unreadable) {
            throw new ChangedRowException(ofThread(id), unreadable);
        }
    }

    static WrongRow ofTherapist(UUID id) {
        return new WrongRow(THERAPIST.getName(), id.toString(), FAULT, Optional.empty(), Optional.empty());
    }

    static WrongRow ofThread(ThreadId id) {
        return new WrongRow(THREAD_KEY.getName(), id.value().toString(), FAULT, Optional.of(id), Optional.empty());
    }
}
