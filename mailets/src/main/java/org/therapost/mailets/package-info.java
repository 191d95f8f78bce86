/**
 * Translates between the mail of James and the internet and the journeys of the domain. It decides
 * nothing: the domain says who may write, what is sealed, and where it is filed.
 */
@NullMarked
package org.therapost.mailets;

import org.jspecify.annotations.NullMarked;
