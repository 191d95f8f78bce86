/** Counts what is run of the contracts that James publishes with its modules. */
@NullMarked
package org.therapost.contracts;

import org.jspecify.annotations.NullMarked;
