/**
 * Mail in its pipeline: what each step makes of a mail, from the outside or of a therapist, while
 * the program that sent it waits for the answer to DATA.
 */
@NullMarked
package org.therapost.domain.pipeline;

import org.jspecify.annotations.NullMarked;
