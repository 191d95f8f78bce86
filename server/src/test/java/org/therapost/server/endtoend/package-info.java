/**
 * The whole server from outside: a process of its own, started as {@code ./therapost start} does it, spoken to over SMTP and
 * IMAP by raw sockets, so that what is proved is what a mail program or an attacker would meet.
 */
@NullMarked
package org.therapost.server.endtoend;

import org.jspecify.annotations.NullMarked;
