package org.therapost.domain.sealing;

import java.util.Optional;

/** Seals plaintext; needs no secret. */
public interface Sealer {

    /** Seals a whole message to its readers. */
    SealedMessage seal(MailContent content, Readers readers);

    /**
     * Encrypts a MIME entity for carriage to one recipient: to a v4 certificate as integrity-protected data of version 1, whatever
     * it announces, because many programs of people who have such a key open no other; to a v6 certificate as version 2.
     *
     * @param signing signs the entity inside of the encryption (RFC 3156 section 6.2)
     * @return an ASCII-armored OpenPGP message with CRLF line ends, for the second part of {@code multipart/encrypted}
     *     (RFC 3156 section 4)
     */
    byte[] encryptForCarriage(byte[] entity, Certificate recipient, Optional<SigningSubkey> signing);

    /** Whether a message can be encrypted to this certificate now: it has a usable subkey, neither expired nor revoked. */
    boolean canEncryptTo(Certificate recipient);

    /** Whether the ASCII-armored or binary OpenPGP message really is encrypted, and to a key of this certificate. */
    boolean isEncryptedTo(byte[] openPgpMessage, Certificate certificate);
}
