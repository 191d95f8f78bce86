/** In-memory forms of sealing's ports, for tests, and tests of its values. */
@NullMarked
package org.therapost.domain.sealing;

import org.jspecify.annotations.NullMarked;
