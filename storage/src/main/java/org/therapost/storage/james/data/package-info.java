/** The accounts and domains of Therapost as James's protocols ask for them. */
@NullMarked
package org.therapost.storage.james.data;

import org.jspecify.annotations.NullMarked;
