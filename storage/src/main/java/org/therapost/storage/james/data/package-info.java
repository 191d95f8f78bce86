/** The accounts and domains of Therapost, in the form in which James's protocols ask for them. */
@NullMarked
package org.therapost.storage.james.data;

import org.jspecify.annotations.NullMarked;
