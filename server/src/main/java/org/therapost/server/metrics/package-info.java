/**
 * Metrics: how much of what, for operators and their Prometheus. No label ever holds an address, a name or an id; what can
 * be a label is a constant of our own. Counters are counted where the thing happens, gauges are read when somebody asks.
 */
@NullMarked
package org.therapost.server.metrics;

import org.jspecify.annotations.NullMarked;
