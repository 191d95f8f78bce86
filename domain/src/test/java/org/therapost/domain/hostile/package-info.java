/** Octets as strangers send them, for the tests of whatever reads them. */
@NullMarked
package org.therapost.domain.hostile;

import org.jspecify.annotations.NullMarked;
