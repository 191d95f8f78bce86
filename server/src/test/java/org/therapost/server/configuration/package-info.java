/** Tests. */
@NullMarked
package org.therapost.server.configuration;

import org.jspecify.annotations.NullMarked;
