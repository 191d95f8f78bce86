/**
 * James's quotas. What is used is counted from the folders when somebody asks: it cannot drift, a crash cannot make it wrong,
 * and filing a message costs nothing for it. Nobody asks while nothing is limited. A limit binds what mail programs add
 * (APPEND, COPY); clients' mail and therapists' answers are filed whatever it says.
 */
@NullMarked
package org.therapost.storage.james.quota;

import org.jspecify.annotations.NullMarked;
