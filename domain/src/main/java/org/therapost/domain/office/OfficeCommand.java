package org.therapost.domain.office;

import org.therapost.domain.addresses.EmailAddress;

/** What a therapist orders of the office that is about no client. */
public sealed interface OfficeCommand {

    /** How commands are written. */
    record Help() implements OfficeCommand {}

    /** The addresses under which the therapist's calendar may write from outside. */
    record ListAddresses() implements OfficeCommand {}

    /** Such an address is to be forgotten. */
    record ForgetAddress(EmailAddress address) implements OfficeCommand {}
}
