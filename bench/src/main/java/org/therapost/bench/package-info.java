/**
 * Load and micro benchmarks. {@link org.therapost.bench.SealingBenchmark} measures sealing and opening alone. In the load
 * run a {@link org.therapost.bench.contestants.Contestant} is a whole mail server in a control group of its own, so that the kernel
 * counts its processor time exactly, short-lived children included; a {@link org.therapost.bench.load.Load} is sent to it over
 * SMTP and counts only once every message can be read back.
 */
@NullMarked
package org.therapost.bench;

import org.jspecify.annotations.NullMarked;
