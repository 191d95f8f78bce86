/**
 * TLS: the server's certificate and private key, given by the operator or self-made at the first
 * start.
 */
@NullMarked
package org.therapost.server.tls;

import org.jspecify.annotations.NullMarked;
