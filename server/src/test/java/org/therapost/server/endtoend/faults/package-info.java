/**
 * The whole server under faults and load: killed, without its database, without room on its disk or in its memory, and with
 * strangers who are slow.
 */
@NullMarked
package org.therapost.server.endtoend.faults;

import org.jspecify.annotations.NullMarked;
