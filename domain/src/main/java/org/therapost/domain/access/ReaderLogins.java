package org.therapost.domain.access;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SymmetricKey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * Who is reading now. A login with the right password opens the therapist's key in memory; the end of the last session of
 * that therapist forgets it.
 *
 * <p>While a key is open, further logins of the same account prove their password against a keyed digest in memory
 * instead of Argon2id: mail programs open half a dozen connections at once.
 */
public final class ReaderLogins {

    private static final int PROOF_KEY = 32;

    private final Accounts accounts;
    private final Passwords passwords;
    private final OpenPgpKeys openPgpKeys;
    private final KeyShares shares;
    private final SymmetricKey proofs;
    private final PasswordRecord nobodys;
    private final LoginTasks tasks;
    private final Map<String, Desk> desks = new HashMap<>();

    private static final class Desk {
        final ReaderView view;
        /** The ways by which somebody has come in, each with what proved it. */
        final Map<UUID, Proved> proved = new HashMap<>();

        int sessions;

        Desk(ReaderView view) {
            this.view = view;
        }
    }

    private record Proved(PasswordRecord record, byte[] proof) {}

    public ReaderLogins(Accounts accounts, Passwords passwords, OpenPgpKeys openPgpKeys, KeyShares shares) {
        this(accounts, passwords, openPgpKeys, shares, LoginTasks.NONE);
    }

    /** @param tasks are begun each time that a key is opened in memory */
    public ReaderLogins(
            Accounts accounts, Passwords passwords, OpenPgpKeys openPgpKeys, KeyShares shares, LoginTasks tasks) {
        this.tasks = tasks;
        this.accounts = accounts;
        this.passwords = passwords;
        this.openPgpKeys = openPgpKeys;
        this.shares = shares;
        byte[] random = new byte[PROOF_KEY];
        new SecureRandom().nextBytes(random);
        this.proofs = new SymmetricKey(random);
        this.nobodys = passwords.nobodys();
    }

    /**
     * Begins a login of an account that has one, if the password is right. Costs no Argon2id run.
     *
     * @return the login; empty if the account has none, or the password is wrong
     * @throws CannotTellException if the account could not be looked up
     */
    public Optional<ReaderLogin> join(EmailAddress login, Password password) throws CannotTellException {
        if (password.tooLong()) {
            return Optional.empty();
        }
        // Looked up for everybody, so that the time says nothing about who has an account.
        Optional<Account> account = find(login, password);
        byte[] proof = proof(login, password);
        return account.isPresent() ? joined(login, account.get().wayIn(), proof) : Optional.empty();
    }

    private Optional<Account> find(EmailAddress login, Password password) throws CannotTellException {
        try (AppPassword app = AppPassword.read(password).orElse(null)) {
            return accounts.find(login, Optional.ofNullable(app).map(AppPassword::lookup));
        }
    }

    private Optional<ReaderLogin> joined(EmailAddress login, WayIn wayIn, byte[] proof) throws CannotTellException {
        Optional<ReaderLogin> begun = join(login, wayIn, proof);
        return begun.isPresent() ? Optional.of(noted(begun.get(), wayIn)) : begun;
    }

    /** A login has begun; it ends again if that cannot be noted. */
    private ReaderLogin noted(ReaderLogin begun, WayIn wayIn) throws CannotTellException {
        boolean done = false;
        try {
            if (!wayIn.usedToday()) {
                accounts.used(wayIn);
            }
            done = true;
            return begun;
        } finally {
            if (!done) {
                begun.close();
            }
        }
    }

    /** A digest of login and password, under a key that is in memory only: two are equal if both are. */
    ByteBuffer digest(EmailAddress login, Password password) {
        return ByteBuffer.wrap(proof(login, password));
    }

    private byte[] proof(EmailAddress login, Password password) {
        byte[] octets = password.utf8();
        try {
            return proofs.pseudonym(octets, login.canonical());
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /**
     * Begins a login.
     *
     * @return the login, which whoever gets it closes; empty if the password is wrong or the account unknown
     * @throws CannotTellException if the account could not be looked up or its key is damaged
     */
    public Optional<ReaderLogin> begin(EmailAddress login, Password password) throws CannotTellException {
        if (password.tooLong()) {
            return Optional.empty();
        }
        Optional<Account> found = find(login, password);
        if (found.isEmpty()) {
            // The work is the same as for a wrong password: who has an account here is nobody's business.
            passwords.prove(nobodys, password).ifPresent(PasswordKey::close);
            return Optional.empty();
        }
        Account account = found.get();
        byte[] proof = proof(login, password);
        Optional<ReaderLogin> joined = joined(login, account.wayIn(), proof);
        if (joined.isPresent()) {
            return joined;
        }
        Optional<PasswordKey> key = prove(account.wayIn(), password);
        if (key.isEmpty()) {
            if (passwords.outdated(account.wayIn().wrapping().record())) {
                // It took less than a guess at an unknown login takes.
                passwords.prove(nobodys, password).ifPresent(PasswordKey::close);
            }
            return Optional.empty();
        }
        try (PasswordKey passwordKey = key.get();
                Unlocked unlocked = unlock(account, passwordKey)) {
            WayIn wayIn = strengthened(account.wayIn(), password, unlocked);
            return Optional.of(noted(open(login, wayIn, proof, unlocked), account.wayIn()));
        }
    }

    /** The therapist's secret key; none in custody {@code own}. */
    private record Unlocked(Optional<SecretKey> secret) implements AutoCloseable {

        @Override
        public void close() {
            secret.ifPresent(SecretKey::close);
        }
    }

    private Unlocked unlock(Account account, PasswordKey passwordKey) throws CannotTellException {
        Optional<LockedKey> locked = account.wayIn().wrapping().locked();
        if (locked.isEmpty()) {
            if (account.keyHere()) {
                // Who could write such a row would have a way in without knowing any secret.
                throw new CannotTellException("a way in without the key that it should open");
            }
            return new Unlocked(Optional.empty());
        }
        try {
            return new Unlocked(Optional.of(passwords.unlock(locked.get(), passwordKey)));
        } catch (SealedException damaged) {
            throw new CannotTellException("the locked key does not open with its own password", damaged);
        }
    }

    /** The same way in at today's cost of a guess; as it was if that cannot be stored now: the next login does it. */
    private WayIn strengthened(WayIn wayIn, Password password, Unlocked unlocked) {
        if (!passwords.outdated(wayIn.wrapping().record())) {
            return wayIn;
        }
        try {
            KeyWrapping better = passwords.wrap(password, unlocked.secret());
            return accounts.rewrap(wayIn, better) ? wayIn.with(better) : wayIn;
        } catch (CannotTellException later) {
            return wayIn;
        }
    }

    private Optional<PasswordKey> prove(WayIn wayIn, Password password) throws CannotTellException {
        if (wayIn.kind() == WayIn.Kind.APP_PASSWORD) {
            try (AppPassword app = AppPassword.read(password).orElseThrow();
                    Password secret = app.secret()) {
                return passwords.prove(wayIn.wrapping().record(), secret);
            }
        }
        return passwords.prove(wayIn.wrapping().record(), password);
    }

    /** A login ends; with the last one of its account the key is forgotten. */
    synchronized void end(EmailAddress login) {
        Desk desk = desks.get(login.canonical());
        if (desk != null && --desk.sessions == 0) {
            desks.remove(login.canonical());
            desk.view.close();
        }
    }

    /** The view of an account while it has a session. */
    public synchronized Optional<ReaderView> view(EmailAddress login) {
        return Optional.ofNullable(desks.get(login.canonical())).map(desk -> desk.view);
    }

    /** How many accounts are being read now. */
    public synchronized int open() {
        return desks.size();
    }

    private synchronized Optional<ReaderLogin> join(EmailAddress login, WayIn wayIn, byte[] proof) {
        @Nullable Desk desk = desks.get(login.canonical());
        @Nullable Proved proved = desk == null ? null : desk.proved.get(wayIn.id());
        if (desk == null
                || proved == null
                || !proved.record.equals(wayIn.wrapping().record())
                || !MessageDigest.isEqual(proved.proof, proof)) {
            return Optional.empty();
        }
        return Optional.of(begun(login, desk));
    }

    private synchronized ReaderLogin open(EmailAddress login, WayIn wayIn, byte[] proof, Unlocked unlocked) {
        Desk desk = desks.get(login.canonical());
        boolean opens = desk == null;
        if (desk == null) {
            // The view takes a copy of the key over and wipes it when it is closed.
            desk = new Desk(unlocked.secret
                    .map(key -> openPgpKeys.view(key.copy(), shares))
                    .orElseGet(openPgpKeys::closedView));
            desks.put(login.canonical(), desk);
        }
        desk.proved.put(wayIn.id(), new Proved(wayIn.wrapping().record(), proof));
        ReaderLogin begun = begun(login, desk);
        if (opens && !tasks.isEmpty()) {
            tasks.begin(begun(login, desk), desk.view);
        }
        return begun;
    }

    private ReaderLogin begun(EmailAddress login, Desk desk) {
        ReaderLogin begun = new ReaderLogin(this, login);
        desk.sessions++;
        return begun;
    }
}
