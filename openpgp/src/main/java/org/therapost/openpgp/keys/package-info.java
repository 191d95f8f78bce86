/** How the keys of therapists and threads are made, and what is added to them later. */
@NullMarked
package org.therapost.openpgp.keys;

import org.jspecify.annotations.NullMarked;
