/**
 * Configuration: what operators may set. There is one file of properties, and each key can also be
 * an environment variable. An unknown key stops the start, because a misspelt safeguard protects
 * nothing.
 */
@NullMarked
package org.therapost.server.configuration;

import org.jspecify.annotations.NullMarked;
