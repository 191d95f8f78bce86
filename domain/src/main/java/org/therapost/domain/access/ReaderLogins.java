package org.therapost.domain.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sealing.SymmetricKey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;

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
    private final Map<String, Desk> desks = new HashMap<>();

    private static final class Desk {
        final ReaderView view;
        final byte[] proof;
        final PasswordRecord record;
        int sessions;

        Desk(ReaderView view, byte[] proof, PasswordRecord record) {
            this.view = view;
            this.proof = proof;
            this.record = record;
        }
    }

    public ReaderLogins(Accounts accounts, Passwords passwords, OpenPgpKeys openPgpKeys, KeyShares shares) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.openPgpKeys = openPgpKeys;
        this.shares = shares;
        byte[] random = new byte[PROOF_KEY];
        new SecureRandom().nextBytes(random);
        this.proofs = new SymmetricKey(random);
        this.nobodys = passwords.record(Password.chosen(HexFormat.of().formatHex(SpoolKey.generate())));
    }

    /**
     * Begins a session of an account that has one, if the password is right. Costs no Argon2id run.
     *
     * @return whether it has one and the password is right; then {@link #end} must follow exactly once
     * @throws CannotTellException if the account could not be looked up
     */
    public boolean join(EmailAddress login, Password password) throws CannotTellException {
        if (password.tooLong()) {
            return false;
        }
        // Looked up for everybody, so that the time says nothing about who has an account.
        Optional<Account> account = accounts.find(login);
        byte[] proof = proof(login, password);
        return account.isPresent() && joins(login, account.get().password(), proof);
    }

    /** A digest of login and password, under a key that is in memory only: two are equal if both are. */
    ByteBuffer digest(EmailAddress login, Password password) {
        return ByteBuffer.wrap(proof(login, password));
    }

    private byte[] proof(EmailAddress login, Password password) {
        return proofs.pseudonym(new String(password.expose()).getBytes(StandardCharsets.UTF_8), login.canonical());
    }

    /**
     * Begins a session.
     *
     * @return whether the password was right; then {@link #end} must follow exactly once
     * @throws CannotTellException if the account could not be looked up or its key is damaged
     */
    public boolean begin(EmailAddress login, Password password) throws CannotTellException {
        if (password.tooLong()) {
            return false;
        }
        Optional<Account> account = accounts.find(login);
        if (account.isEmpty()) {
            // The work is the same as for a wrong password: who has an account here is nobody's business.
            passwords.prove(nobodys, password).ifPresent(PasswordKey::close);
            return false;
        }
        PasswordRecord record = account.get().password();
        byte[] proof = proof(login, password);
        if (joins(login, record, proof)) {
            return true;
        }
        Optional<PasswordKey> key = passwords.prove(record, password);
        if (key.isEmpty()) {
            return false;
        }
        try (PasswordKey passwordKey = key.get()) {
            open(login, record, proof, account.get().locked(), passwordKey);
        }
        return true;
    }

    /** Ends a session; with the last one the key is forgotten. */
    public synchronized void end(EmailAddress login) {
        Desk desk = desks.get(login.canonical());
        if (desk != null && --desk.sessions == 0) {
            desks.remove(login.canonical());
            desk.view.close();
        }
    }

    /** The session that {@link #begin} has begun, for whoever closes it. */
    public ReaderLogin begun(EmailAddress login) {
        return new ReaderLogin(this, login);
    }

    /** The view of an account while it has a session. */
    public synchronized Optional<ReaderView> view(EmailAddress login) {
        return Optional.ofNullable(desks.get(login.canonical())).map(desk -> desk.view);
    }

    /** How many accounts are being read now. */
    public synchronized int open() {
        return desks.size();
    }

    private synchronized boolean joins(EmailAddress login, PasswordRecord record, byte[] proof) {
        @Nullable Desk desk = desks.get(login.canonical());
        if (desk == null || !desk.record.equals(record) || !java.security.MessageDigest.isEqual(desk.proof, proof)) {
            return false;
        }
        desk.sessions++;
        return true;
    }

    private synchronized void open(
            EmailAddress login,
            PasswordRecord record,
            byte[] proof,
            Optional<LockedKey> locked,
            PasswordKey passwordKey)
            throws CannotTellException {
        Desk desk = desks.get(login.canonical());
        if (desk == null) {
            desk = new Desk(unlock(locked, passwordKey), proof, record);
            desks.put(login.canonical(), desk);
        }
        desk.sessions++;
    }

    private ReaderView unlock(Optional<LockedKey> locked, PasswordKey passwordKey) throws CannotTellException {
        if (locked.isEmpty()) {
            return openPgpKeys.closedView();
        }
        try {
            // The view takes the key over and wipes it when it is closed.
            return openPgpKeys.view(passwords.unlock(locked.get(), passwordKey), shares);
        } catch (SealedException damaged) {
            throw new CannotTellException("the locked key does not open with its own password", damaged);
        }
    }
}
