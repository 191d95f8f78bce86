/**
 * Configuration: what IT staff may set. One file of properties, each key also an environment variable; a key that nobody
 * knows stops the start, because a misspelt safeguard is no safeguard.
 */
@NullMarked
package org.therapost.server.configuration;

import org.jspecify.annotations.NullMarked;
