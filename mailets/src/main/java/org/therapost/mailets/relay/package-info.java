/**
 * Delivery: one attempt to hand a parcel to the client's mail exchanger or to a smarthost. TLS is
 * verified by the host's name wherever the confidentiality of the content depends on it.
 */
@NullMarked
package org.therapost.mailets.relay;

import org.jspecify.annotations.NullMarked;
