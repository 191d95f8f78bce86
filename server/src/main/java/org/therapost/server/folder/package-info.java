/**
 * The data folder: the one place on disk where the server keeps anything. Only its owner can read
 * it. One server process at a time uses it. Its folder of temporary files is emptied at every
 * start.
 */
@NullMarked
package org.therapost.server.folder;

import org.jspecify.annotations.NullMarked;
