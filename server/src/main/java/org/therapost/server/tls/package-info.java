/** TLS: who the server says it is, by a certificate from outside or one that it made itself at its first start. */
@NullMarked
package org.therapost.server.tls;

import org.jspecify.annotations.NullMarked;
