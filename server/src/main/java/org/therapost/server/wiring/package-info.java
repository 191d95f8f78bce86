/** Wiring: one small Guice module for each thing the server consists of. Nothing here decides anything. */
@NullMarked
package org.therapost.server.wiring;

import org.jspecify.annotations.NullMarked;
