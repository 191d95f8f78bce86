/** The demo, played. */
@NullMarked
package org.therapost.demo;

import org.jspecify.annotations.NullMarked;
