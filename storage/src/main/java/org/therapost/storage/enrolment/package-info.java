/** Enrolment on PostgreSQL. Uniqueness is the schema's business; each call is one transaction. */
@NullMarked
package org.therapost.storage.enrolment;

import org.jspecify.annotations.NullMarked;
