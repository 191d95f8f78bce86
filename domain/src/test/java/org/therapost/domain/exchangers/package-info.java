@NullMarked
package org.therapost.domain.exchangers;

import org.jspecify.annotations.NullMarked;
