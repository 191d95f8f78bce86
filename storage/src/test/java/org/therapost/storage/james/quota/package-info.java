/** James's contracts of quotas, and what they do not ask. */
@NullMarked
package org.therapost.storage.james.quota;

import org.jspecify.annotations.NullMarked;
