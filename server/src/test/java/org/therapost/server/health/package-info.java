/** Health, looked at through real faults. */
@NullMarked
package org.therapost.server.health;

import org.jspecify.annotations.NullMarked;
