/**
 * The command line. {@code start} runs the server; the other commands talk to a running one.
 * Results go to standard output, readable or as JSON. An error is one line on standard error. Exit
 * status: 0 done, 2 bad input (nothing was changed), 69 no server runs (EX_UNAVAILABLE of
 * sysexits), 1 anything else.
 */
@NullMarked
package org.therapost.server.commandline;

import org.jspecify.annotations.NullMarked;
