/**
 * Health: whether this server can do its work now. The checks are James's {@code HealthCheck}s. A
 * watch runs them every other second and remembers the results, so that a question about health is
 * answered at once, even when the database hangs. Causes name parts of the server and numbers, and
 * nothing else.
 */
@NullMarked
package org.therapost.server.health;

import org.jspecify.annotations.NullMarked;
