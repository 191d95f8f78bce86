/** Tests. */
@NullMarked
package org.therapost.server;

import org.jspecify.annotations.NullMarked;
