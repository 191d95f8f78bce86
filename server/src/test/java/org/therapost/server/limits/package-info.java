/** Limits for strangers, with a clock that stands still until it is told to go on. */
@NullMarked
package org.therapost.server.limits;

import org.jspecify.annotations.NullMarked;
