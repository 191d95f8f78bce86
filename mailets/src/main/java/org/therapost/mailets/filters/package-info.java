/**
 * Filters that come with Therapost, for the place between {@code AdmitEnrolled} and {@code EnforceAgreedTimes}: they ask a program
 * beside the server about a mail. Whatever that program does not answer clearly is an exception, and so 451.
 */
@NullMarked
package org.therapost.mailets.filters;

import org.jspecify.annotations.NullMarked;
