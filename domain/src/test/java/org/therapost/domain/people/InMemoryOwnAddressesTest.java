package org.therapost.domain.people;

import java.util.UUID;

class InMemoryOwnAddressesTest extends OwnAddressesContract {

    private final OwnAddresses addresses = new InMemoryOwnAddresses();
    private final TherapistId bloom = new TherapistId(UUID.randomUUID());
    private final TherapistId klee = new TherapistId(UUID.randomUUID());

    @Override
    protected OwnAddresses addresses() {
        return addresses;
    }

    @Override
    protected TherapistId drBloom() {
        return bloom;
    }

    @Override
    protected TherapistId drKlee() {
        return klee;
    }
}
