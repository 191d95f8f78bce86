/** Wiring: one small Guice module for each part of the server. Modules decide nothing. */
@NullMarked
package org.therapost.server.wiring;

import org.jspecify.annotations.NullMarked;
