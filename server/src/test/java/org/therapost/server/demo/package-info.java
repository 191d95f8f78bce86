/** The demo, played. */
@NullMarked
package org.therapost.server.demo;

import org.jspecify.annotations.NullMarked;
