/** Delivery reports of other mail servers (RFC 3464), in the shapes that they really have. */
@NullMarked
package org.therapost.mailets.reports;

import org.jspecify.annotations.NullMarked;
