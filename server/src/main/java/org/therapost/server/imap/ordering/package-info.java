/**
 * SORT and THREAD (RFC 5256), which James does not have. James's SEARCH finds the messages; the
 * store puts them in order.
 */
@NullMarked
package org.therapost.server.imap.ordering;

import org.jspecify.annotations.NullMarked;
