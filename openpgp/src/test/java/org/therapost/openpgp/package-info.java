/** Tests of OpenPGP: by ourselves, and with GnuPG, Sequoia and RNP as judges. */
@NullMarked
package org.therapost.openpgp;

import org.jspecify.annotations.NullMarked;
