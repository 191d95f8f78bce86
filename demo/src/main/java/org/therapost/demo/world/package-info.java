/**
 * The world outside, for the demo: providers with mailboxes, a name server, mail programs. It
 * shares no code with the server's own mail.
 */
@NullMarked
package org.therapost.demo.world;

import org.jspecify.annotations.NullMarked;
