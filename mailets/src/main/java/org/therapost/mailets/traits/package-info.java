/**
 * What shows in a mail: its subject, whether a machine wrote it, what it answers, and which of its words are its author's
 * own. Quotations and signatures are recognized by the marks that mail programs leave; where there is doubt, words count as
 * own and an answer does not count as one.
 */
@NullMarked
package org.therapost.mailets.traits;

import org.jspecify.annotations.NullMarked;
