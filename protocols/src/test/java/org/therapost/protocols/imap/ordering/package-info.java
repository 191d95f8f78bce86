@NullMarked
package org.therapost.protocols.imap.ordering;

import org.jspecify.annotations.NullMarked;
