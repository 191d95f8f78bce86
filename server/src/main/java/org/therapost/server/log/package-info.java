/**
 * The log. This package decides for all code what may be written to it. Libraries do not know which
 * values are private, so the arguments of their messages and the texts of exceptions are never
 * written.
 */
@NullMarked
package org.therapost.server.log;

import org.jspecify.annotations.NullMarked;
