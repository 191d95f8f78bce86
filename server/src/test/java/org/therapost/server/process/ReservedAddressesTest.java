package org.therapost.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.access.ActivationCode;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.office.Office;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.folder.StartException;

@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReservedAddressesTest {

    private TherapostServer server;
    private String thread = "";

    @BeforeAll
    void dr_bloom_is_enrolled_as_front_desk(@TempDir Path folder) throws Exception {
        server = TestServer.start(folder, Modules.EMPTY_MODULE);
        enrolment().addPractice("practice.example");
        TestTherapists.add(server::part, "front.desk@practice.example", "Dr Bloom", "a long walk by the river");
        thread = enrolment()
                .addClient("front.desk@practice.example", "alice@provider.example", "Alice")
                .address()
                .localPart();
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    private Enrolment enrolment() {
        return server.part(Enrolment.class);
    }

    private List<String> check(String office) throws Exception {
        List<String> told = new ArrayList<>();
        new ReservedAddresses(
                        server.part(EnrolledPeople.class), server.part(EnrolmentRegister.class), new Office(office))
                .check(told::add);
        return told;
    }

    @ParameterizedTest
    @CsvSource({
        "office, the office",
        "OFFICE, the office",
        "oFFice, the office",
        "postmaster, those who run the server",
        "Postmaster, those who run the server",
        "ABUSE, those who run the server",
        "Mailer-Daemon, those who run the server"
    })
    void nobody_is_enrolled_under_an_address_of_the_server_s_own(String local, String reason) {
        assertThatThrownBy(() -> enrolment()
                        .addTherapist(
                                local + "@Practice.Example", "Dr Rossi", Optional.empty(), ActivationCode.generate()))
                .isInstanceOf(EnrolmentException.class)
                .hasMessageContainingAll("the server's own", reason, "choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"front.desk", "Front.Desk"})
    void an_office_that_has_a_therapist_s_address_does_not_start(String name) {
        assertThatThrownBy(() -> check(name))
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll("front.desk@practice.example", "set office.name to a name that nobody has");
    }

    @Test
    void nor_does_one_that_has_a_thread_s_address() {
        assertThatThrownBy(() -> check(thread))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("office.name");
    }

    @Test
    void any_other_name_is_free() throws Exception {
        assertThat(check("office")).isEmpty();
        assertThat(check("kanzlei")).isEmpty();
    }
}
