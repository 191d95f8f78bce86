/**
 * Mail as it is handed to us, before DATA is answered: from outside, with what is proved of its
 * author, or submitted by a therapist who is logged in.
 */
@NullMarked
package org.therapost.domain.conversation.incoming;

import org.jspecify.annotations.NullMarked;
