/**
 * The people on both sides of a thread. A {@link org.therapost.domain.people.Practice} owns a mail domain; its
 * {@link org.therapost.domain.people.Therapist}s read and answer; each {@link org.therapost.domain.people.Client} is
 * known only by one enrolled mailbox.
 */
@NullMarked
package org.therapost.domain.people;

import org.jspecify.annotations.NullMarked;
