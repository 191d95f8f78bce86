/**
 * What is said about agreed times: letters to the client, which are neutral and quote nothing, and
 * notes to the therapist.
 */
@NullMarked
package org.therapost.domain.sessions.letters;

import org.jspecify.annotations.NullMarked;
