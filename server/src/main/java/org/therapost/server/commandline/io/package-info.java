/**
 * What all commands share: their input and output, the folders that they work on, the server that
 * they talk to, and how they fail.
 */
@NullMarked
package org.therapost.server.commandline.io;

import org.jspecify.annotations.NullMarked;
