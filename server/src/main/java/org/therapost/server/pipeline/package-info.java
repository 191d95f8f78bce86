/**
 * The pipelines of {@code mailetcontainer.xml}: the file is read with the line of each element, its rules are checked before
 * anything starts, and the processors {@code inbound} and {@code outbound} run to their end while DATA is open.
 */
@NullMarked
package org.therapost.server.pipeline;

import org.jspecify.annotations.NullMarked;
