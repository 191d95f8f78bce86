/** In James's package, because the type of a session there is package-private. */
@org.jspecify.annotations.NullMarked
package org.apache.james.mpt.host;
