/** Tests of access, and what tests elsewhere use instead of a database. */
@NullMarked
package org.therapost.domain.access;

import org.jspecify.annotations.NullMarked;
