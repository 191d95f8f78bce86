/**
 * The identifiers of messages: the name of a message in the record, the same when its sender hands
 * the mail over again (RFC 1047), and which {@code Message-ID}s a client knows.
 */
@NullMarked
package org.therapost.domain.conversation.identifiers;

import org.jspecify.annotations.NullMarked;
