package org.therapost.domain.conversation;

import java.util.Optional;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.identifiers.KnownMessageIdsContract;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;

class InMemoryKnownMessageIdsTest extends KnownMessageIdsContract {

    private final House house = new House();
    private final ClientThread alices = house.enrol(House.ALICE, Optional.empty(), true);
    private final ClientThread brunos = house.enrol(House.BRUNO, Optional.empty(), true);
    private final InMemoryKnownMessageIds known = new InMemoryKnownMessageIds();

    @Override
    protected KnownMessageIds port() {
        return known;
    }

    @Override
    protected MessageIdOwners messageHolders() {
        return known;
    }

    @Override
    protected ClientThread alices() {
        return alices;
    }

    @Override
    protected ClientThread brunos() {
        return brunos;
    }

    @Override
    protected void file(Filing filing) {
        known.file(filing);
    }

    @Override
    protected void post(Parcel parcel) {
        known.post(parcel);
    }

    @Override
    protected void release(Parcel parcel) {
        known.post(parcel);
    }
}
