@NullMarked
package org.therapost.domain.clientkeys;

import org.jspecify.annotations.NullMarked;
