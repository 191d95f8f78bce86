@NullMarked
package org.therapost.server.administration;

import org.jspecify.annotations.NullMarked;
