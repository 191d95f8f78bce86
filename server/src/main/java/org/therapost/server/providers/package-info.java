/**
 * Clients' mail providers: what is known of them. The tables are files that operators can edit.
 */
@NullMarked
package org.therapost.server.providers;

import org.jspecify.annotations.NullMarked;
