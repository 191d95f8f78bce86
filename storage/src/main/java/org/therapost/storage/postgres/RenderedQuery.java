package org.therapost.storage.postgres;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A query that every mail needs. It is written with the generated tables like all others, but rendered once: to render one anew
 * cost more than to run it.
 *
 * <p>What differs from run to run is a {@link DSL#param named parameter}. Each occurrence has a name of its own; the names
 * {@code id}, {@code id.key} and {@code id.view} take the same value.
 */
public final class RenderedQuery {

    private final String sql;
    private final List<Param<?>> parameters;
    private final Field<?>[] columns;

    private RenderedQuery(String sql, List<Param<?>> parameters, Field<?>[] columns) {
        this.sql = sql;
        this.parameters = parameters;
        this.columns = columns;
    }

    /** Renders a query that is written without a database. */
    public static RenderedQuery of(Function<DSLContext, Select<?>> written) {
        Select<?> query = written.apply(DSL.using(SQLDialect.POSTGRES, Database.rendering()));
        List<Param<?>> parameters = query.getParams().values().stream()
                .filter(parameter -> !parameter.isInline())
                .<Param<?>>map(parameter -> parameter)
                .toList();
        String sql = query.getSQL();
        if (sql.chars().filter(character -> character == '?').count() != parameters.size()) {
            throw new IllegalStateException(
                    "two parameters of a query have one name, or a literal has a question mark");
        }
        // Not fields(): those are of a derived table, and an id of one table would pass for that of another.
        return new RenderedQuery(sql, parameters, query.getSelect().toArray(Field[]::new));
    }

    /**
     * Runs it.
     *
     * @param values of all named parameters
     * @throws DataAccessException if the database refuses it, or is away
     */
    public List<Record> fetch(DSLContext on, Map<String, ?> values) {
        return on.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    List<Record> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(record(on, rows));
                    }
                    return all;
                }
            } catch (SQLException failed) {
                throw new DataAccessException("SQL [" + sql + "]; " + failed.getMessage(), failed);
            }
        });
    }

    /** Read by position: two columns of two tables may have one name. */
    private Record record(DSLContext on, ResultSet row) throws SQLException {
        @Nullable Object[] values = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
            Class<?> type = columns[i].getType();
            if (type == Instant.class) {
                OffsetDateTime time = row.getObject(i + 1, OffsetDateTime.class);
                values[i] = time == null ? null : time.toInstant();
            } else if (type == byte[].class) {
                values[i] = row.getBytes(i + 1);
            } else if (type == byte[][].class) {
                Array array = row.getArray(i + 1);
                values[i] = array == null ? null : array.getArray();
            } else {
                values[i] = columns[i].getDataType().convert(row.getObject(i + 1));
            }
        }
        Record record = on.newRecord(columns);
        record.fromArray(values);
        return record;
    }

    /** The text that is run. */
    String sql() {
        return sql;
    }

    private void bind(PreparedStatement statement, Map<String, ?> values) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            Param<?> parameter = parameters.get(i);
            String name = parameter.getParamName();
            bind(statement, i + 1, name == null ? parameter.getValue() : named(name, values));
        }
    }

    private static @Nullable Object named(String name, Map<String, ?> values) {
        int dot = name.indexOf('.');
        String value = dot < 0 ? name : name.substring(0, dot);
        if (!values.containsKey(value)) {
            throw new IllegalArgumentException("the query needs a value for " + value);
        }
        return values.get(value);
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof byte[] octets) {
            statement.setBytes(index, octets);
        } else if (value instanceof Integer number) {
            statement.setInt(index, number);
        } else if (value instanceof Short number) {
            statement.setShort(index, number);
        } else if (value instanceof Long number) {
            statement.setLong(index, number);
        } else if (value instanceof String text) {
            statement.setString(index, text);
        } else {
            statement.setObject(index, value);
        }
    }
}
