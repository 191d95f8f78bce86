/** James's own measurements, which nobody reads here: the server has metrics of its own. */
@NullMarked
package org.therapost.protocols.metrics;

import org.jspecify.annotations.NullMarked;
