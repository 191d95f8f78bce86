package org.therapost.server.administration;

import java.util.Arrays;

/** What a request is answered with. */
record Reply(int status, String type, byte[] octets) {

    static final String JSON = "application/json";

    @Override
    public boolean equals(Object other) {
        return other instanceof Reply reply
                && status == reply.status
                && type.equals(reply.type)
                && Arrays.equals(octets, reply.octets);
    }

    @Override
    public int hashCode() {
        return 31 * status + Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return "Reply[" + status + ", " + octets.length + " octets]";
    }
}
