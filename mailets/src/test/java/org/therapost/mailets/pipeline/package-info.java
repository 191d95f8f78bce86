@NullMarked
package org.therapost.mailets.pipeline;

import org.jspecify.annotations.NullMarked;
