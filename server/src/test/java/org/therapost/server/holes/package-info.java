/**
 * The holes of stock James 3.8.1, each as a probe: something that a stranger sends, and what a server must do then. The
 * same probes run against the assembled Therapost, which must pass, and against James's own memory server in a process of
 * its own, which must fail: a probe that both pass would prove nothing. What James does well is a guard: it is asked of
 * Therapost only.
 */
@NullMarked
package org.therapost.server.holes;

import org.jspecify.annotations.NullMarked;
