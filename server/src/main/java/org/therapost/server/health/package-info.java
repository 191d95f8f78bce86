/**
 * Health: whether this server can do its work now. Checks are James's; a watch asks them every other second and remembers
 * what they said, so that whoever asks is answered at once, also when the database hangs. Causes name parts of the server
 * and numbers, nothing else.
 */
@NullMarked
package org.therapost.server.health;

import org.jspecify.annotations.NullMarked;
