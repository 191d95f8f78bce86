/** Programs that open and judge OpenPGP, and how any program is run. */
@NullMarked
package org.therapost.server.outsiders.openpgp;

import org.jspecify.annotations.NullMarked;
