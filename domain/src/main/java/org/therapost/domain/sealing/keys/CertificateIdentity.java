package org.therapost.domain.sealing.keys;

import org.therapost.domain.sealing.Certificate;

/** What tells certificates apart, and what makes one of two copies of the same. */
public interface CertificateIdentity {

    /** The fingerprint of the primary key in lower-case hexadecimal: two certificates that have the same are one. */
    String fingerprint(Certificate certificate);

    /**
     * Both copies of one certificate in one: every subkey, user ID and signature of either, and every revocation. The first one
     * as it is, if the other has nothing that it has not.
     *
     * @param brought of the same primary key
     */
    Certificate merged(Certificate onFile, Certificate brought);
}
