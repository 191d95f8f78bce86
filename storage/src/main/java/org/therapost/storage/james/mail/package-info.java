/**
 * A James {@code Mail} as it rests: its envelope (addresses, state, attributes) as JSON and its message as it travelled,
 * each sealed with the spool key. Between sealing and opening it lives in memory only.
 */
@NullMarked
package org.therapost.storage.james.mail;

import org.jspecify.annotations.NullMarked;
