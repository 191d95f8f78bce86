/** Signatures that people can read beside what was signed. */
@org.jspecify.annotations.NullMarked
package org.therapost.openpgp.signatures;
