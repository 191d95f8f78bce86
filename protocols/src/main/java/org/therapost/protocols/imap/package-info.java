/**
 * IMAP: James's processors behind a Netty pipeline of our own. A command is collected whole, in
 * memory, before James parses it. Its size is limited, more strictly before the login. The next
 * command is read when this one was answered. When an IMAP connection ends, for whatever reason,
 * its login ends exactly once, and with the last login of an account the therapist's key is wiped.
 */
@NullMarked
package org.therapost.protocols.imap;

import org.jspecify.annotations.NullMarked;
