/**
 * The domain's ports on PostgreSQL, through jOOQ. Every method is one transaction; constraints of the schema, not code,
 * keep the data right; whatever the database could not answer becomes a
 * {@link org.therapost.domain.conversation.CannotTellException}.
 */
@NullMarked
package org.therapost.storage;

import org.jspecify.annotations.NullMarked;
