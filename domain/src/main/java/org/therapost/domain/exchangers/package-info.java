/**
 * Clients' mail exchangers, and whether mail by carriage {@code tls} may go to them. Which host takes a
 * domain's mail comes from DNS, which nobody signs as a rule. So the exchangers' names are pinned for a
 * thread when its client consents, and others count only after a rule or the therapist has adopted them
 * (docs/decisions/0054).
 */
@NullMarked
package org.therapost.domain.exchangers;

import org.jspecify.annotations.NullMarked;
