@NullMarked
package org.therapost.server.pipeline;

import org.jspecify.annotations.NullMarked;
