/**
 * The log: what may stand in it is decided here, once for all code. Libraries do not know what is private to us, so neither
 * the arguments of their messages nor the texts of exceptions are ever written.
 */
@NullMarked
package org.therapost.server.log;

import org.jspecify.annotations.NullMarked;
