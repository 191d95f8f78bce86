/**
 * Questions to web servers of clients' domains: one kind of file, over verified HTTPS, at public
 * addresses only, with bounds on time and size.
 */
@NullMarked
package org.therapost.mailets.https;

import org.jspecify.annotations.NullMarked;
