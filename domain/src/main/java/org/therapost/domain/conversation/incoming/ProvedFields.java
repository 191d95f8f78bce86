package org.therapost.domain.conversation.incoming;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which header fields of a mail the author's domain proved. Mail that came from a host of that domain is proved whole; a
 * signature proves the fields that it covers, and what stands in others may be somebody else's: it gives no rights.
 *
 * @param whole all of them
 * @param signed those that one signature of the author's domain covers, in lower case; that signature covers the whole body, too.
 *     Empty if there is none, or nobody asked
 */
public record ProvedFields(boolean whole, Set<String> signed) {

    /** The sender's own host handed the mail over. */
    public static final ProvedFields ALL = new ProvedFields(true, Set.of());

    public ProvedFields {
        signed = signed.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** Only what a signature covers. */
    public static ProvedFields signed(Set<String> names) {
        return new ProvedFields(false, names);
    }

    /** The sender's own host handed the mail over, and a signature covers some of it. */
    public static ProvedFields wholeAndSigned(Set<String> names) {
        return new ProvedFields(true, names);
    }

    /** Whether a signature covers the field of that name, wherever the mail came from. */
    public boolean signs(String name) {
        return signed.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a signature covers the body. */
    public boolean signsBody() {
        return !signed.isEmpty();
    }

    /** Whether what stands in the field of that name is the author's. */
    public boolean covers(String name) {
        return whole || signed.contains(name.toLowerCase(Locale.ROOT));
    }
}
