/**
 * Questions to the domain name system, with three answers: found, absent, cannot tell. If a name
 * server does not answer, the record is never taken for absent.
 */
@NullMarked
package org.therapost.mailets.dns;

import org.jspecify.annotations.NullMarked;
