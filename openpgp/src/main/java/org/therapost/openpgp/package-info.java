/**
 * OpenPGP (RFC 9580) through Bouncy Castle: sealing, opening, key generation and key choice, PGP/MIME (RFC 3156), and the
 * passwords that lock secret keys. Everything made here is opened by stock programs: v4 Curve25519 keys, v3 key packets,
 * integrity-protected data of version 1. What others made is read far more liberally, but nothing unauthenticated is ever
 * returned.
 *
 * <p>Keys, packets and their framing are Bouncy Castle's; the bulk of the work (AES, SHA-1, Base64) is the JDK's, which has
 * the processor's instructions for it.
 */
@NullMarked
package org.therapost.openpgp;

import org.jspecify.annotations.NullMarked;
