@NullMarked
package org.therapost.domain.mime;

import org.jspecify.annotations.NullMarked;
