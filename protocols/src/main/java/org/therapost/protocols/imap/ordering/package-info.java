/**
 * SORT and THREAD (RFC 5256), which James does not have. James's SEARCH finds the messages.
 * The store gives their dates, sizes and header texts. What puts them in order is pure: base
 * subjects, sort keys, and conversations by References.
 */
@NullMarked
package org.therapost.protocols.imap.ordering;

import org.jspecify.annotations.NullMarked;
