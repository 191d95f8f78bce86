/**
 * One IMAP connection: its commands are gathered whole, worked on one at a time, and its login is
 * closed with it.
 */
@NullMarked
package org.therapost.protocols.imap.session;

import org.jspecify.annotations.NullMarked;
