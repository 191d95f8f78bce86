/** Tests of the people. */
@NullMarked
package org.therapost.domain.people;

import org.jspecify.annotations.NullMarked;
