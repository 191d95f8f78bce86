@NullMarked
package org.therapost.storage.james.mime;

import org.jspecify.annotations.NullMarked;
