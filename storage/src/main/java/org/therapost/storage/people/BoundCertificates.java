package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.CertificateBindings;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** Reads certificates to which something may be sealed: those alone that this server bound to their owner. */
public final class BoundCertificates {

    static final String FAULT = "certificate is not the one that this server bound to its owner";

    /** What a query selects for {@link #ofTherapist}. */
    public static final List<Field<?>> THERAPISTS = List.of(THERAPIST.ID, THERAPIST.CERTIFICATE, THERAPIST.BINDING);

    /** What a query selects for {@link #ofThread}. */
    public static final List<Field<?>> THREADS = List.of(THREAD.ID, THREAD_KEY.CERTIFICATE, THREAD_KEY.BINDING);

    private final CertificateBindings bindings;

    public BoundCertificates(ServerKey serverKey) {
        this.bindings = new CertificateBindings(serverKey);
    }

    /** What stands beside the certificate of a therapist. */
    public byte[] binding(TherapistId therapist, Certificate certificate) {
        return bindings.of(therapist, certificate);
    }

    /** What stands beside the certificate of a thread. */
    public byte[] binding(ThreadId thread, Certificate certificate) {
        return bindings.of(thread, certificate);
    }

    /**
     * The certificate of a therapist.
     *
     * @throws ChangedRowException if it is not the one that was bound
     */
    public Certificate ofTherapist(Record row) {
        UUID id = row.get(THERAPIST.ID);
        Certificate certificate = new Certificate(row.get(THERAPIST.CERTIFICATE));
        if (!bindings.holds(new TherapistId(id), certificate, row.get(THERAPIST.BINDING))) {
            throw new ChangedRowException(ofTherapist(id));
        }
        return certificate;
    }

    /**
     * The certificate of a thread's key.
     *
     * @throws ChangedRowException if it is not the one that was bound
     */
    public Certificate ofThread(Record row) {
        ThreadId id = new ThreadId(row.get(THREAD.ID));
        Certificate certificate = new Certificate(row.get(THREAD_KEY.CERTIFICATE));
        if (!bindings.holds(id, certificate, row.get(THREAD_KEY.BINDING))) {
            throw new ChangedRowException(ofThread(id));
        }
        return certificate;
    }

    static WrongRow ofTherapist(UUID id) {
        return new WrongRow(THERAPIST.getName(), id.toString(), FAULT, Optional.empty(), Optional.empty());
    }

    static WrongRow ofThread(ThreadId id) {
        return new WrongRow(THREAD_KEY.getName(), id.value().toString(), FAULT, Optional.of(id), Optional.empty());
    }
}
