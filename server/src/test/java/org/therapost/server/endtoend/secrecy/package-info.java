/**
 * What others find of the whole server: in its files, in its memory, in its database, and in the names that its mail bears; and
 * what it notices when they change something.
 */
@NullMarked
package org.therapost.server.endtoend.secrecy;

import org.jspecify.annotations.NullMarked;
