/**
 * The mail servers that are measured beside each other, each started from a folder of its own on
 * loopback ports.
 */
@NullMarked
package org.therapost.bench.contestants;

import org.jspecify.annotations.NullMarked;
