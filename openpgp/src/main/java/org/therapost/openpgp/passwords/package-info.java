/**
 * The secrets that open an account, by Argon2id (RFC 9106) where a person chose them and by HKDF (RFC 5869) where they are random,
 * and the locks of secret keys that they open.
 */
@NullMarked
package org.therapost.openpgp.passwords;

import org.jspecify.annotations.NullMarked;
