/**
 * The office: the server as a correspondent of therapists. A mail to its address is a command; whose thread it is about is
 * said by the note that it answers, or by the client's name in its words. Each is answered by a note that says what was
 * done, and whatever a therapist's program sends by itself has its end here, too.
 */
@NullMarked
package org.therapost.domain.office;

import org.jspecify.annotations.NullMarked;
