/**
 * The steps of mail through the processors {@code inbound} and {@code outbound} of {@code mailetcontainer.xml}, as mailets:
 * {@code AuthenticateSender}, {@code AdmitEnrolled}, then the filters of an operator, {@code EnforceAgreedTimes}, {@code Seal},
 * {@code File}. Each takes the value that the step before left in the mail's one attribute, has the journey make the next one,
 * and puts that there.
 */
@NullMarked
package org.therapost.mailets.pipeline;

import org.jspecify.annotations.NullMarked;
