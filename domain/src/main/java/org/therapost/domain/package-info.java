/** What Therapost is about, in the JDK alone: values, decisions, journeys, and the ports that adapters fill. */
@NullMarked
package org.therapost.domain;

import org.jspecify.annotations.NullMarked;
