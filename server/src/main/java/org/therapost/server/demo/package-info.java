/**
 * The demo: a play in which everybody uses the real protocols. Two outside providers with a mailbox each, a name server
 * that publishes who may send for whom, a practice enrolled through the command line, Dr Bloom's mail program, Mallory.
 * Every step looks for itself whether what it tells is so; one that does not hold ends the play.
 */
@NullMarked
package org.therapost.server.demo;

import org.jspecify.annotations.NullMarked;
