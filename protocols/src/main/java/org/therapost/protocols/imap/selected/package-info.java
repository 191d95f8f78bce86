/**
 * The selected folder: a mail program sees the messages of which it was told, and no others (RFC
 * 3501 section 7).
 */
@NullMarked
package org.therapost.protocols.imap.selected;

import org.jspecify.annotations.NullMarked;
