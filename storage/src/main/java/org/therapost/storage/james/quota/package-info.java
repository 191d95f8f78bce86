/**
 * James's quotas. What is used is counted from the folders when somebody asks. So it cannot become
 * wrong, and filing a message costs nothing for it. Nobody asks while nothing is limited. A limit
 * binds what mail programs add (APPEND, COPY). Clients' messages and therapists' answers are filed
 * whatever the limit is.
 */
@NullMarked
package org.therapost.storage.james.quota;

import org.jspecify.annotations.NullMarked;
