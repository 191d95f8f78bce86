/**
 * The conversation of a therapist with a client: the thread with its address and its key, the
 * record of its messages, and the parcels that are posted with them. Storage takes sealed messages
 * only.
 */
@NullMarked
package org.therapost.domain.conversation;

import org.jspecify.annotations.NullMarked;
