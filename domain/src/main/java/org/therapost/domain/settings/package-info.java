/**
 * Settings: what an operator may set, said by the part that it is for. A part has one record of its
 * settings. Beside the record stand the keys, each with its default, what is allowed, and the text
 * that operators read in {@code therapost.properties}. The server collects these sections, reads
 * values for them, and hands each part its record (docs/decisions/0043).
 */
@NullMarked
package org.therapost.domain.settings;

import org.jspecify.annotations.NullMarked;
