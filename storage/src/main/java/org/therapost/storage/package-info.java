/**
 * The domain's ports on PostgreSQL, through jOOQ. Every method is one transaction. Constraints of
 * the schema, and not code, keep the rows consistent. If the database does not answer, the method
 * throws a {@link org.therapost.domain.answers.CannotTellException}.
 */
@NullMarked
package org.therapost.storage;

import org.jspecify.annotations.NullMarked;
