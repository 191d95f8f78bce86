package org.therapost.openpgp.packets;

import org.bouncycastle.openpgp.operator.PublicKeyKeyEncryptionMethodGenerator;

/**
 * The subkey to which a reader's messages are encrypted.
 *
 * @param method encrypts session keys to it; used by many threads
 * @param announcesVersion2 whether the certificate announces integrity-protected data of version 2 (RFC 9580 section
 *     5.2.3.32)
 */
public record EncryptionKey(long keyId, PublicKeyKeyEncryptionMethodGenerator method, boolean announcesVersion2) {}
