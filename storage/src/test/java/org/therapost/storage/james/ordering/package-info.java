@NullMarked
package org.therapost.storage.james.ordering;

import org.jspecify.annotations.NullMarked;
