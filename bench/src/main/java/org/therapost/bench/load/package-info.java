/** The load: who sends what to whom, and what mail programs read. */
@NullMarked
package org.therapost.bench.load;

import org.jspecify.annotations.NullMarked;
