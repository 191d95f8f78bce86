package org.therapost.domain.sealing.keys;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ReaderView;

/** Makes, checks and shares OpenPGP keys, and opens with them. */
public interface OpenPgpKeys extends CertificateReading {

    /**
     * Generates a v4 key for one person.
     *
     * @param userId the user ID, such as {@code Name <address>}
     */
    NewKey generate(String userId);

    /**
     * Generates the v4 key of a thread.
     *
     * @param address the thread's address, which is also the user ID: it tells nothing else
     */
    NewThreadKey generateForThread(EmailAddress address);

    /** Until when messages can be encrypted to it, if that is over within some time from now. */
    Optional<CertificateValidity> validity(Certificate certificate, Duration within);

    /** Key ID of the subkey to which messages for this certificate are encrypted now. */
    long encryptionKeyId(Certificate certificate);

    /** The certificate, ASCII-armored. */
    String armor(Certificate certificate);

    /** The secret key, ASCII-armored and protected by a passphrase that stock programs understand. */
    String armor(SecretKey secret, Password passphrase);

    /** Seals a thread's secret key to one reader of the thread. */
    SealedKey share(SecretKey threadKey, Certificate reader);

    /** A view that opens messages with a therapist's secret key and, through it, with the keys of their threads. */
    ReaderView view(SecretKey therapistKey, KeyShares shares);

    /** A view that opens nothing and serves envelopes as they are (custody {@code own}). */
    ReaderView closedView();
}
