package org.therapost.domain.clientkeys;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.House;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.Readers;

class InMemoryClientKeysTest extends ClientKeysContract {

    private final House house = new House();
    private final ThreadId alices =
            house.enrol(House.ALICE, Optional.empty(), false).id();
    private final ThreadId brunos =
            house.enrol(House.BRUNO, Optional.empty(), false).id();
    private final InMemoryClientKeys keys = new InMemoryClientKeys(house, house.clock);

    @Override
    protected ClientKeys keys() {
        return keys;
    }

    @Override
    protected ThreadId alices() {
        return alices;
    }

    @Override
    protected ThreadId brunos() {
        return brunos;
    }

    @Override
    protected Filing note(MessageId name) {
        return new Filing(
                name,
                new FilingPlace.Notice(house.bloom),
                house.seal(
                        House.mail("Subject: a note\n\n"),
                        new Readers(List.of(house.bloom.certificate()), Optional.empty())));
    }
}
