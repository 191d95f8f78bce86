package org.therapost.demo.world;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.therapost.storage.postgres.ConnectionParameters;

/** The database as somebody sees it who has all of it and nothing else. */
public final class StolenDatabase implements AutoCloseable {

    private static final String SCHEMA = "public";

    private final Connection connection;

    private StolenDatabase(Connection connection) {
        this.connection = connection;
    }

    public static StolenDatabase of(ConnectionParameters parameters) throws SQLException {
        return new StolenDatabase(
                DriverManager.getConnection(parameters.url(), parameters.user(), parameters.password()));
    }

    /**
     * The ciphertext of the first mail of a client.
     *
     * @param octets of the whole
     */
    public record Ciphertext(byte[] beginning, int octets) {

        /** Whether it begins as a sealed data packet does (RFC 9580 section 5.13, tag 18). */
        public boolean isOpenPgp() {
            return beginning.length > 0 && (beginning[0] & 0xFF) == 0xC0 + 18;
        }

        @Override
        public String toString() {
            return HexFormat.ofDelimiter(" ").formatHex(beginning) + " ... (" + octets + " octets)";
        }
    }

    /** The first mail in a thread. */
    public Ciphertext firstMail(String thread) throws SQLException {
        try (var query = connection.prepareStatement("""
            select substring(message.data_packet from 1 for 24), length(message.data_packet)
            from message join thread on thread.id = message.thread_id
            where thread.address = ? order by message.accepted_at limit 1\
            """)) {
            query.setString(1, thread);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Ciphertext(row.getBytes(1), row.getInt(2));
            }
        }
    }

    /** Which of these words stand anywhere in any table, in any column, as UTF-8. */
    public List<String> found(List<String> words) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : tables()) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
                while (rows.next()) {
                    search(rows, words, found);
                }
            }
        }
        return found;
    }

    private static void search(ResultSet row, List<String> words, List<String> found) throws SQLException {
        for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
            String value = octets(row, column);
            for (String word : words) {
                if (!found.contains(word) && value.contains(asOctets(word))) {
                    found.add(word);
                }
            }
        }
    }

    /** A value as text in which each character is one octet. */
    private static String octets(ResultSet row, int column) throws SQLException {
        if (row.getMetaData().getColumnTypeName(column).equals("bytea")) {
            byte[] octets = row.getBytes(column);
            return octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1);
        }
        String text = row.getString(column);
        return text == null ? "" : asOctets(text);
    }

    private static String asOctets(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The names of all tables. */
    public List<String> tables() throws SQLException {
        DatabaseMetaData catalogue = connection.getMetaData();
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = catalogue.getTables(null, SCHEMA, "%", new String[] {"TABLE"})) {
            while (rows.next()) {
                tables.add(rows.getString("TABLE_NAME"));
            }
        }
        return tables;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
