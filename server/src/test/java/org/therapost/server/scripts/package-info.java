/** James's own IMAP scripts (apache-james-mpt-imapmailbox-core), unmodified, against the assembled server. */
@NullMarked
package org.therapost.server.scripts;

import org.jspecify.annotations.NullMarked;
