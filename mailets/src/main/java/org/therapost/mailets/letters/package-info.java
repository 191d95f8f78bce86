/**
 * Our own letters about the times of a thread. What is said is wording that staff can edit and translate
 * ({@code config/templates}); what may be said is decided by the notice, and how it travels by the same
 * {@link org.therapost.mailets.mime.Departure} as every answer. Nothing in a letter to a client says what the thread is for.
 */
@NullMarked
package org.therapost.mailets.letters;

import org.jspecify.annotations.NullMarked;
