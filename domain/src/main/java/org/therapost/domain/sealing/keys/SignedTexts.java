package org.therapost.domain.sealing.keys;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.sealing.Certificate;

/** Texts with an OpenPGP signature that people can read (cleartext signature framework, RFC 9580 section 7). */
public interface SignedTexts {

    /** The signed texts that a file contains, one after another, whatever stands between them. */
    List<String> find(String file);

    /** The text itself, whoever signed it; empty if it is no signed text. */
    Optional<String> unverified(String signed);

    /** The text itself, if a key of the certificate has signed it; empty if not, or if it is no signed text. */
    Optional<String> verified(String signed, Certificate certificate);
}
