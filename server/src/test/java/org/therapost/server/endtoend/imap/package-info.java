/** What a mail program asks by IMAP, of the whole server. */
@NullMarked
package org.therapost.server.endtoend.imap;

import org.jspecify.annotations.NullMarked;
