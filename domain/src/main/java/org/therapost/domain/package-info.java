/**
 * The domain of Therapost, with the JDK alone: values, decisions, journeys, and the ports that
 * adapters implement.
 */
@NullMarked
package org.therapost.domain;

import org.jspecify.annotations.NullMarked;
