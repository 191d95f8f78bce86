/**
 * A James {@code Mail} at rest: its envelope (addresses, state, attributes) as JSON, and its
 * message as it travelled, each sealed with the server key. Outside the database it is in memory
 * only.
 */
@NullMarked
package org.therapost.storage.james.mail;

import org.jspecify.annotations.NullMarked;
