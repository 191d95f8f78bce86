/** What is logged, and what is not. */
@NullMarked
package org.therapost.server.log;

import org.jspecify.annotations.NullMarked;
