/** The server as a whole: what it opens at start in which order, and how all of it is closed. */
@NullMarked
package org.therapost.server.process;

import org.jspecify.annotations.NullMarked;
