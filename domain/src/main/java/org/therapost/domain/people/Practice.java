package org.therapost.domain.people;

import org.therapost.domain.addresses.EmailAddress;

/**
 * A practice: one mail domain, under which its therapists and their threads have addresses.
 *
 * @param domain lower case, in A-labels
 */
public record Practice(PracticeId id, String domain) {

    public Practice {
        domain = EmailAddress.domainName(domain);
    }
}
