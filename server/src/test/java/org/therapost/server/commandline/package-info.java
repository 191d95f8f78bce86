/** Tests. */
@NullMarked
package org.therapost.server.commandline;

import org.jspecify.annotations.NullMarked;
