/**
 * The content of messages that folders show: sealed at rest, loaded for one fetch, and opened only
 * as the reader who is logged in sees it.
 */
@NullMarked
package org.therapost.storage.james.content;

import org.jspecify.annotations.NullMarked;
