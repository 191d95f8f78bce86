/** Enrolment on PostgreSQL. The schema enforces uniqueness. Each call is one transaction. */
@NullMarked
package org.therapost.storage.enrolment;

import org.jspecify.annotations.NullMarked;
