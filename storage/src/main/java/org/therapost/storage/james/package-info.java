/**
 * James's back end on our tables. What James keeps in files or in clear (queue, repositories, users, domains) is kept here
 * in PostgreSQL, sealed with the spool key.
 */
@NullMarked
package org.therapost.storage.james;

import org.jspecify.annotations.NullMarked;
