package org.therapost.domain.people;

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
