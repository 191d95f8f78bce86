/** In-memory forms of the conversation's ports, for tests, and the tests of the journeys on them. */
@NullMarked
package org.therapost.domain.conversation;

import org.jspecify.annotations.NullMarked;
