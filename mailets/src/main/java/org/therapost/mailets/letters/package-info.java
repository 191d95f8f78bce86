/**
 * Letters to clients and notes to therapists. Operators can edit and translate their wording
 * ({@code config/templates}). The domain decides what may be said. They are composed and encrypted
 * by the same code as every answer. Nothing in a letter to a client says what the thread is for.
 */
@NullMarked
package org.therapost.mailets.letters;

import org.jspecify.annotations.NullMarked;
