/**
 * What can be asked of a running server over its administration, each with its path, its fields
 * and its reply.
 */
@NullMarked
package org.therapost.server.administration.routes;

import org.jspecify.annotations.NullMarked;
