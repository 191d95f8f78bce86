package org.therapost.storage;

/**
 * Where the database is.
 *
 * @param url a JDBC URL of PostgreSQL 15 or newer
 * @param poolSize connections at most
 */
public record DatabaseSettings(String url, String user, String password, int poolSize) {

    @Override
    public String toString() {
        return "DatabaseSettings[poolSize=" + poolSize + "]";
    }
}
