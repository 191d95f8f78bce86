/**
 * The conversation: client threads, the journeys by which mail enters and leaves them, and the
 * three kinds of answer that a journey gives: a value, {@link
 * org.therapost.domain.conversation.RefusedException no}, or {@link
 * org.therapost.domain.conversation.CannotTellException cannot tell}.
 */
@NullMarked
package org.therapost.domain.conversation;

import org.jspecify.annotations.NullMarked;
