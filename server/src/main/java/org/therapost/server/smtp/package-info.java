/**
 * SMTP: James's protocol and handlers on a pipeline of our own. Octets are framed on the I/O loop; one frame of a
 * connection is worked on at a time, and nothing more is read until it was answered, so that a fast sender fills no
 * memory and gets exactly one reply to each command. What can block runs on other threads.
 */
@NullMarked
package org.therapost.server.smtp;

import org.jspecify.annotations.NullMarked;
