/**
 * Practices, therapists and clients. A {@link org.therapost.domain.people.Practice} owns a mail
 * domain. Its {@link org.therapost.domain.people.Therapist}s read and answer. A {@link
 * org.therapost.domain.people.Client} is known only by the enrolled mailboxes.
 */
@NullMarked
package org.therapost.domain.people;

import org.jspecify.annotations.NullMarked;
