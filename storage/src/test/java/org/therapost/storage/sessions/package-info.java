@NullMarked
package org.therapost.storage.sessions;

import org.jspecify.annotations.NullMarked;
