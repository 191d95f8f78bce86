@NullMarked
package org.therapost.storage;

import org.jspecify.annotations.NullMarked;
