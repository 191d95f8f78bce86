/**
 * SMTP: James's protocol and handlers on a Netty pipeline of our own. The I/O loop splits the
 * octets into commands and message parts. One of them is processed at a time for each connection,
 * and nothing more is read until it was answered. So a fast sender fills no memory and gets exactly
 * one reply to each command. Work that can block runs on other Java threads.
 */
@NullMarked
package org.therapost.protocols.smtp;

import org.jspecify.annotations.NullMarked;
