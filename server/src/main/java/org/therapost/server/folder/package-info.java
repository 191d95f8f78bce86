/**
 * The data folder: the one place on disk where the server keeps anything. Only its owner can read it, one server at a time
 * uses it, and its folder for temporary files is emptied at every start.
 */
@NullMarked
package org.therapost.server.folder;

import org.jspecify.annotations.NullMarked;
