/**
 * UTF8=ACCEPT (RFC 6855, RFC 9755): how a command is read and an answer written by a connection that has enabled it, and by one that has not.
 * docs/decisions/0035 says what a program without it is served.
 */
@NullMarked
package org.therapost.protocols.imap.utf8;

import org.jspecify.annotations.NullMarked;
