package org.therapost.domain.access;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.keys.KeyWrapping;

/** Accounts in a list. */
public final class InMemoryAccounts implements Accounts, WaysIn {

    private record Row(
            EmailAddress login,
            boolean keyHere,
            UUID id,
            WayIn.Kind kind,
            KeyWrapping wrapping,
            String lookup,
            String name,
            Optional<LocalDate> lastUsedOn) {

        Row used(LocalDate today) {
            return new Row(login, keyHere, id, kind, wrapping, lookup, name, Optional.of(today));
        }

        Row with(KeyWrapping other) {
            return new Row(login, keyHere, id, kind, other, lookup, name, lastUsedOn);
        }
    }

    private final List<Row> rows = new ArrayList<>();
    private final Clock clock;

    /** @param clock whose day (UTC) is today */
    public InMemoryAccounts(Clock clock) {
        this.clock = clock;
    }

    /** Adds an account with a password. */
    public InMemoryAccounts with(EmailAddress login, boolean keyHere, KeyWrapping password) {
        rows.add(row(login, keyHere, WayIn.Kind.PASSWORD, password, "", ""));
        return this;
    }

    private static Row row(
            EmailAddress login, boolean keyHere, WayIn.Kind kind, KeyWrapping wrapping, String lookup, String name) {
        return new Row(login, keyHere, UUID.randomUUID(), kind, wrapping, lookup, name, Optional.empty());
    }

    @Override
    public synchronized Optional<Account> find(EmailAddress login, Optional<String> app) {
        return first(login, row -> app.filter(row.lookup::equals).isPresent())
                .or(() -> first(login, row -> row.kind == WayIn.Kind.PASSWORD));
    }

    private Optional<Account> first(EmailAddress login, Predicate<Row> which) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return rows.stream()
                .filter(row -> row.login.sameMailbox(login))
                .filter(which)
                .findFirst()
                .map(row -> new Account(
                        row.login,
                        new WayIn(
                                row.id,
                                row.kind,
                                row.wrapping,
                                row.lastUsedOn.filter(today::equals).isPresent()),
                        row.keyHere));
    }

    @Override
    public synchronized void used(WayIn wayIn) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        rows.replaceAll(row -> row.id.equals(wayIn.id()) ? row.used(today) : row);
    }

    @Override
    public synchronized boolean rewrap(WayIn wayIn, KeyWrapping better) {
        Predicate<Row> same = row -> row.id.equals(wayIn.id())
                && row.wrapping.record().equals(wayIn.wrapping().record());
        boolean there = rows.stream().anyMatch(same);
        rows.replaceAll(row -> same.test(row) ? row.with(better) : row);
        return there;
    }

    @Override
    public synchronized Optional<Account> recoveryCode(EmailAddress login) {
        return first(login, row -> row.kind == WayIn.Kind.RECOVERY_CODE);
    }

    @Override
    public synchronized List<EmailAddress> knownToOperators() {
        return List.of();
    }

    @Override
    public synchronized List<Device> devices(EmailAddress login) {
        return rows.stream()
                .filter(row -> row.login.sameMailbox(login) && row.kind == WayIn.Kind.APP_PASSWORD)
                .map(row -> new Device(row.name, clock.instant(), row.lastUsedOn))
                .sorted(Comparator.comparing(Device::name))
                .toList();
    }

    @Override
    public synchronized boolean add(EmailAddress login, String device, String lookup, KeyWrapping wrapping) {
        if (rows.stream()
                .anyMatch(row ->
                        row.login.sameMailbox(login) && (row.name.equals(device) || row.lookup.equals(lookup)))) {
            return false;
        }
        rows.add(row(login, keyHere(login), WayIn.Kind.APP_PASSWORD, wrapping, lookup, device));
        return true;
    }

    private boolean keyHere(EmailAddress login) {
        return rows.stream().anyMatch(row -> row.login.sameMailbox(login) && row.keyHere);
    }

    @Override
    public synchronized boolean revoke(EmailAddress login, String device) {
        return rows.removeIf(row -> row.login.sameMailbox(login) && row.name.equals(device));
    }

    @Override
    public synchronized void replace(
            EmailAddress login, Optional<KeyWrapping> password, Optional<KeyWrapping> recoveryCode) {
        boolean keyHere = keyHere(login);
        password.ifPresent(wrapping -> put(login, keyHere, WayIn.Kind.PASSWORD, wrapping));
        recoveryCode.ifPresent(wrapping -> put(login, keyHere, WayIn.Kind.RECOVERY_CODE, wrapping));
    }

    private void put(EmailAddress login, boolean keyHere, WayIn.Kind kind, KeyWrapping wrapping) {
        rows.removeIf(row -> row.login.sameMailbox(login) && row.kind == kind);
        rows.add(row(login, keyHere, kind, wrapping, "", ""));
    }
}
