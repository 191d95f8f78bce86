/**
 * Administration: HTTP on loopback for the command line of the same machine. Whoever can read the
 * token in the data folder may use it. It shows no word and no subject of a message. Of a client's
 * details it shows the mailboxes (client mailbox), and nothing else.
 */
@NullMarked
package org.therapost.server.administration;

import org.jspecify.annotations.NullMarked;
