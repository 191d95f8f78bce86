/**
 * Metrics for operators and their Prometheus. A label is always a constant of this code and never
 * an address, a name or an id. A counter is counted where the event happens; a gauge is read when
 * somebody asks for it.
 */
@NullMarked
package org.therapost.server.metrics;

import org.jspecify.annotations.NullMarked;
