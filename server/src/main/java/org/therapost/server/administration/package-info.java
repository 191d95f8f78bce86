/**
 * Administration: HTTP on loopback for the command line of the same machine. Whoever can read the token in the data folder
 * may speak; nobody sees a client's name, address or word through it.
 */
@NullMarked
package org.therapost.server.administration;

import org.jspecify.annotations.NullMarked;
