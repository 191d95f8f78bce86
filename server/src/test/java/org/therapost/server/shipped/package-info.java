/**
 * What is built and shipped is what its papers say: one version, one place for each exclusion, a bill of materials, a notice of
 * other people's works, no library with a known vulnerability.
 */
@org.jspecify.annotations.NullMarked
package org.therapost.server.shipped;
