package org.therapost.server.process;

import java.util.function.Consumer;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.office.Office;
import org.therapost.domain.people.Practice;
import org.therapost.server.folder.StartException;

/**
 * The addresses that are the server's own are nobody else's, also where {@code office.name} was configured after somebody was
 * enrolled under it: mail to that person would be taken for commands.
 */
final class ReservedAddresses {

    private final EnrolledPeople enrolledPeople;
    private final EnrolmentRegister enrolmentRegister;
    private final Office office;

    ReservedAddresses(EnrolledPeople enrolledPeople, EnrolmentRegister enrolmentRegister, Office office) {
        this.enrolledPeople = enrolledPeople;
        this.enrolmentRegister = enrolmentRegister;
        this.office = office;
    }

    /**
     * Looks at all practices.
     *
     * @param progress hears of a role, such as {@code abuse}, under which somebody was enrolled when that was possible still
     * @throws StartException if the office has somebody's address
     */
    void check(Consumer<String> progress) throws StartException, CannotTellException {
        for (Practice practice : enrolledPeople.practices()) {
            for (EmailAddress address : office.reserved(practice.domain())) {
                if (enrolmentRegister.taken(address)) {
                    if (office.is(address)) {
                        throw new StartException(address.value()
                                + " is the address of a therapist or of a client's thread, and would be the office, which takes"
                                + " commands: set office.name to a name that nobody has");
                    }
                    progress.accept(
                            address.value() + " is somebody's address, but mail to it goes to those who run the server"
                                    + " (./therapost postmaster list): enrol that person under another address");
                }
            }
        }
    }
}
