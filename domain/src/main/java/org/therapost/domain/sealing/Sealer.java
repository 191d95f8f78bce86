package org.therapost.domain.sealing;

/** Seals plaintext; needs no secret. */
public interface Sealer {

    /** Seals a whole message to its readers. */
    SealedMessage seal(MailContent content, Readers readers);

    /**
     * Encrypts a MIME entity for carriage to one recipient.
     *
     * @return an ASCII-armored OpenPGP message with CRLF line ends, for the second part of {@code multipart/encrypted}
     *     (RFC 3156 section 4)
     */
    byte[] encryptForCarriage(byte[] entity, Certificate recipient);

    /** Whether a message can be encrypted to this certificate now: it has a usable subkey, neither expired nor revoked. */
    boolean canEncryptTo(Certificate recipient);

    /** Whether the ASCII-armored or binary OpenPGP message really is encrypted, and to a key of this certificate. */
    boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate);
}
