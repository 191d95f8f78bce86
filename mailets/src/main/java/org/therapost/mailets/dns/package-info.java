/**
 * Questions to the domain name system, with three answers: found, absent, cannot tell. A server that does not answer
 * is never taken for a record that does not exist.
 */
@NullMarked
package org.therapost.mailets.dns;

import org.jspecify.annotations.NullMarked;
