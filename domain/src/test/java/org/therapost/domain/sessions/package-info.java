/** What must hold for the agreed times of a thread, in sentences; and what adapters need to test themselves. */
@NullMarked
package org.therapost.domain.sessions;

import org.jspecify.annotations.NullMarked;
