package org.therapost.domain.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.AuthenticationKey;
import org.therapost.domain.sealing.AuthenticationPurpose;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;

/**
 * Says whose a certificate is: HMAC-SHA-256 over role, id and certificate, with a key that is derived from the server key. Nothing is
 * sealed to a certificate without it, so that whoever can write to the database, and has not the server key, cannot have mail sealed to
 * a certificate of their own.
 */
public final class CertificateBindings {

    private static final byte[] THERAPIST = "therapist".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THREAD = "thread".getBytes(StandardCharsets.US_ASCII);

    private final AuthenticationKey key;

    public CertificateBindings(ServerKey serverKey) {
        this.key = serverKey.authentication(AuthenticationPurpose.CERTIFICATE);
    }

    /** Binds a certificate to a therapist. */
    public byte[] of(TherapistId therapist, Certificate certificate) {
        return key.tag(THERAPIST, octets(therapist.value()), certificate.encoded());
    }

    /** Binds a certificate to a thread. */
    public byte[] of(ThreadId thread, Certificate certificate) {
        return key.tag(THREAD, octets(thread.value()), certificate.encoded());
    }

    /** Whether a certificate is the one that was bound to the therapist. */
    public boolean holds(TherapistId therapist, Certificate certificate, byte @Nullable [] binding) {
        return binding != null && MessageDigest.isEqual(of(therapist, certificate), binding);
    }

    /** Whether a certificate is the one that was bound to the thread. */
    public boolean holds(ThreadId thread, Certificate certificate, byte @Nullable [] binding) {
        return binding != null && MessageDigest.isEqual(of(thread, certificate), binding);
    }

    private static byte[] octets(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
