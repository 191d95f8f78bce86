/** Reports of other mail servers about mail of ours that they had taken (RFC 3464), as they really come. */
@NullMarked
package org.therapost.mailets.reports;

import org.jspecify.annotations.NullMarked;
