package org.therapost.domain.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.AuthenticationKey;
import org.therapost.domain.sealing.AuthenticationPurpose;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;

/**
 * Says what belongs to a certificate: HMAC-SHA-256 over role, id, certificate and what stands in clear beside it and leads mail, with a
 * key that is derived from the server key. Without it nothing is sealed to a certificate, no mail goes by an address, and nobody's custody
 * is believed, so that whoever can write to the database, and has not the server key, cannot have mail sealed to a certificate of
 * their own, swap the addresses of two clients, or have a login without a key.
 */
public final class CertificateBindings {

    private static final byte[] THERAPIST = "therapist".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THREAD = "thread".getBytes(StandardCharsets.US_ASCII);

    private final AuthenticationKey key;

    public CertificateBindings(ServerKey serverKey) {
        this.key = serverKey.authentication(AuthenticationPurpose.CERTIFICATE);
    }

    /**
     * The certificate of a thread's key, with what it is bound to.
     *
     * @param therapist whose thread it is
     * @param address the thread's
     * @param keyId key ID of the certificate's encryption subkey
     */
    public record ThreadCertificate(
            ThreadId thread, TherapistId therapist, EmailAddress address, long keyId, Certificate certificate) {}

    /** Binds a therapist's certificate to id, practice, address and custody. */
    public byte[] of(Therapist therapist) {
        return key.tag(
                THERAPIST,
                octets(therapist.id().value()),
                octets(therapist.practice().value()),
                octets(therapist.address()),
                therapist.custody().name().getBytes(StandardCharsets.US_ASCII),
                therapist.certificate().encoded());
    }

    /** Binds a thread's certificate to its thread, the therapist, the address and the key ID. */
    public byte[] of(ThreadCertificate bound) {
        return key.tag(
                THREAD,
                octets(bound.thread().value()),
                octets(bound.therapist().value()),
                octets(bound.address()),
                ByteBuffer.allocate(Long.BYTES).putLong(bound.keyId()).array(),
                bound.certificate().encoded());
    }

    /** Whether a therapist is as they were bound. */
    public boolean holds(Therapist therapist, byte @Nullable [] binding) {
        return binding != null && MessageDigest.isEqual(of(therapist), binding);
    }

    /** Whether a thread's certificate is as it was bound. */
    public boolean holds(ThreadCertificate bound, byte @Nullable [] binding) {
        return binding != null && MessageDigest.isEqual(of(bound), binding);
    }

    private static byte[] octets(EmailAddress address) {
        return address.canonical().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] octets(UUID id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
