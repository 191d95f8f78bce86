/**
 * Certificates that people bring: read liberally, judged strictly, and remembered, because to
 * parse one costs more than to seal a message to it.
 */
@NullMarked
package org.therapost.openpgp.certificates;

import org.jspecify.annotations.NullMarked;
