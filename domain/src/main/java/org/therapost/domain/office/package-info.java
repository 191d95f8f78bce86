/**
 * The office: the server as a correspondent of therapists. A mail to its address is a command. The
 * thread that it is about is named by the note that it answers, or by the client's name in its
 * words. Each command is answered by one note that says what was done. Mail that a therapist's
 * program sends by itself ends here, too.
 */
@NullMarked
package org.therapost.domain.office;

import org.jspecify.annotations.NullMarked;
