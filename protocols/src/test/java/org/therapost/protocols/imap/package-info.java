/** What our IMAP does differently from James's, piece by piece; the whole of it is tested from outside. */
@NullMarked
package org.therapost.protocols.imap;

import org.jspecify.annotations.NullMarked;
