/**
 * How a reader sees sealed messages: opened with a key in memory, or as PGP/MIME (RFC 3156) that
 * the reader's own program opens.
 */
@NullMarked
package org.therapost.openpgp.reading;

import org.jspecify.annotations.NullMarked;
