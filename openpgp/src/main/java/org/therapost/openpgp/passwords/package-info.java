/** Login passwords by Argon2id (RFC 9106), and the locks of secret keys that they open. */
@NullMarked
package org.therapost.openpgp.passwords;

import org.jspecify.annotations.NullMarked;
