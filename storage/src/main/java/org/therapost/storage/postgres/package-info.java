/**
 * PostgreSQL: the pool of connections and the schema, the embedded server for those who have none,
 * and what processes tell each other through the database.
 */
@NullMarked
package org.therapost.storage.postgres;

import org.jspecify.annotations.NullMarked;
