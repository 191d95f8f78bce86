package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.UUID;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;

/** Leaves in the database of a server what a release left there that did not know today's rules. */
public final class EarlierRelease {

    private EarlierRelease() {}

    /** A client's mailbox, in whatever form; what the server does about it at its start it does at the next one. */
    public static void enterMailbox(ServerProcess server, String thread, String mailbox) throws Exception {
        ServerKey key = new ServerKey(Files.readAllBytes(server.data().resolve("keys/spool.key")));
        try (Connection sql = server.sql();
                PreparedStatement id = sql.prepareStatement("select id from thread where address = ?");
                PreparedStatement change = sql.prepareStatement(
                        "update thread set client_address_sealed = ?, client_address_mac = ? where address = ?")) {
            id.setString(1, thread);
            UUID row;
            try (ResultSet found = id.executeQuery()) {
                assertThat(found.next()).isTrue();
                row = found.getObject(1, UUID.class);
            }
            change.setBytes(1, SealedColumns.CLIENT_ADDRESS.seal(key, mailbox, row));
            change.setBytes(2, key.pseudonym(mailbox, SealingPurpose.CLIENT_ADDRESS));
            change.setString(3, thread);
            assertThat(change.executeUpdate()).isEqualTo(1);
        }
    }
}
