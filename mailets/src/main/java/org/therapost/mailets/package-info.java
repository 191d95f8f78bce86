/**
 * Mail as James and the internet speak it, translated into the journeys of the domain and back. Nothing here decides:
 * who may write, what is sealed and where it is filed is said in the domain.
 */
@NullMarked
package org.therapost.mailets;

import org.jspecify.annotations.NullMarked;
