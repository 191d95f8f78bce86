/**
 * The orders of RFC 5256: base subjects, sort keys, and conversations by References. The code is
 * pure: it takes fields of header sections and returns numbers. It opens no message and keeps
 * nothing.
 */
@NullMarked
package org.therapost.storage.james.ordering;

import org.jspecify.annotations.NullMarked;
