/**
 * Facts about a mail: its subject, whether a program wrote it, what it answers, and which of its
 * words are its author's own. Quotations and signatures are recognized by the marks that mail
 * programs leave. In doubt, words count as the author's own, and a sentence does not count as an
 * answer.
 */
@NullMarked
package org.therapost.mailets.traits;

import org.jspecify.annotations.NullMarked;
