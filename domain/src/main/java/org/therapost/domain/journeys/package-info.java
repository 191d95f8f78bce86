/**
 * The journeys of mail: what happens from DATA to its answer. Each is a short recipe whose steps
 * hand typed values on, and gives one of three answers.
 */
@NullMarked
package org.therapost.domain.journeys;

import org.jspecify.annotations.NullMarked;
