/** Keys of therapists, threads and clients over the life of an installation. */
@NullMarked
package org.therapost.server.keys;

import org.jspecify.annotations.NullMarked;
