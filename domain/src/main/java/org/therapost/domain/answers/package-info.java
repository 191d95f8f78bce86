/**
 * The three answers of a journey: yes (a value), no ({@link
 * org.therapost.domain.answers.RefusedException}, with a reason), and cannot tell ({@link
 * org.therapost.domain.answers.CannotTellException}: ask again later). Whatever else is thrown is
 * a bug.
 */
@NullMarked
package org.therapost.domain.answers;

import org.jspecify.annotations.NullMarked;
