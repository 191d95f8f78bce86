package org.therapost.domain.enrolment;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.AppPassword;
import org.therapost.domain.access.Device;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * A therapist changes what opens the own account, with what opens it now. Guesses are limited as at a login. An app password opens
 * mail programs only: a stolen telephone makes no further way in.
 */
public final class ChangeAccess {

    private static final int LONGEST_NAME = 60;
    private static final int MOST_DEVICES = 30;

    private final Accounts accounts;
    private final WaysIn waysIn;
    private final Directory directory;
    private final Passwords passwords;
    private final PasswordGuessLimit guesses;
    private final PasswordRecord nobodys;

    public ChangeAccess(
            Accounts accounts, WaysIn waysIn, Directory directory, Passwords passwords, PasswordGuessLimit guesses) {
        this.accounts = accounts;
        this.waysIn = waysIn;
        this.directory = directory;
        this.passwords = passwords;
        this.guesses = guesses;
        this.nobodys = passwords.nobodys();
    }

    /** An account whose owner has proved to be that. */
    private record Owner(EmailAddress login, Optional<SecretKey> key) implements AutoCloseable {

        SecretKey secret() throws EnrolmentException {
            return key.orElseThrow(() -> new EnrolmentException("the server does not hold this key (custody own)"));
        }

        @Override
        public void close() {
            key.ifPresent(SecretKey::close);
        }
    }

    /**
     * Sets another password.
     *
     * @param present the password of now, or the recovery code, which stays valid
     */
    public void changePassword(String address, Password present, Password next)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        check(next, login);
        try (Owner owner = isRecoveryCode(present) ? byRecoveryCode(login, present) : byPassword(login, present)) {
            waysIn.replace(login, Optional.of(passwords.wrap(next, owner.key())), Optional.empty());
        }
    }

    /**
     * Sets another password against the recovery code, which is spent by that.
     *
     * @param nextCode the one that is valid from now on
     */
    public void recover(String address, Password code, Password next, RecoveryCode nextCode)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        if (!isRecoveryCode(code)) {
            throw new EnrolmentException("this is no recovery code, or it was copied wrongly: it has seven groups of"
                    + " four letters and digits");
        }
        check(next, login);
        try (Owner owner = byRecoveryCode(login, code);
                Password paper = nextCode.secret()) {
            waysIn.replace(
                    login,
                    Optional.of(passwords.wrap(next, owner.key())),
                    Optional.of(passwords.wrapRandom(paper, owner.key())));
        }
    }

    /** Makes another recovery code; the one of before opens nothing any more. */
    public void replaceRecoveryCode(String address, Password password, RecoveryCode nextCode)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        try (Owner owner = byPassword(login, password);
                Password paper = nextCode.secret()) {
            waysIn.replace(
                    login, Optional.empty(), Optional.of(passwords.wrapRandom(paper, Optional.of(owner.secret()))));
        }
    }

    /** Gives a device an app password. */
    public void addDevice(String address, Password password, String device, AppPassword app)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        String name = deviceName(device);
        try (Owner owner = byPassword(login, password);
                Password secret = app.secret()) {
            if (waysIn.devices(login).size() >= MOST_DEVICES) {
                throw new EnrolmentException("an account has " + MOST_DEVICES + " app passwords at most; revoke one");
            }
            if (!waysIn.add(login, name, app.lookup(), passwords.wrapRandom(secret, owner.key()))) {
                throw new EnrolmentException("there is an app password for a device of this name; choose another name,"
                        + " or revoke that one");
            }
        }
    }

    /** The devices that have an app password. */
    public List<Device> devices(String address) throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        therapist(login);
        return waysIn.devices(login);
    }

    /** Takes a device its app password. It needs no password: whoever finds a telephone gone has no time to look for one. */
    public void revoke(String address, String device) throws EnrolmentException, CannotTellException {
        EmailAddress login = login(address);
        therapist(login);
        if (!waysIn.revoke(login, device.strip())) {
            throw new EnrolmentException("no device of this name has an app password");
        }
    }

    /** What is done with a secret key that is open for as long as it takes. */
    public interface Use<T> {
        T of(SecretKey secret);
    }

    /** Opens the secret key of custody {@code login} for one use, and wipes it. */
    public <T> T withKey(String address, Password password, Use<T> use) throws EnrolmentException, CannotTellException {
        try (Owner owner = byPassword(login(address), password)) {
            return use.of(owner.secret());
        }
    }

    private Owner byPassword(EmailAddress login, Password offered) throws EnrolmentException, CannotTellException {
        return prove(login, accounts.find(login, Optional.empty()), offered, "address or password is wrong");
    }

    private Owner byRecoveryCode(EmailAddress login, Password typed) throws EnrolmentException, CannotTellException {
        try (RecoveryCode code = RecoveryCode.read(typed).orElseThrow();
                Password secret = code.secret()) {
            return prove(login, waysIn.recoveryCode(login), secret, "address or recovery code is wrong");
        }
    }

    private static boolean isRecoveryCode(Password typed) {
        Optional<RecoveryCode> code = RecoveryCode.read(typed);
        code.ifPresent(RecoveryCode::close);
        return code.isPresent();
    }

    private Owner prove(EmailAddress login, Optional<Account> account, Password offered, String wrong)
            throws EnrolmentException, CannotTellException {
        PasswordGuessLimit.Guess guess = guess(login);
        boolean counted = false;
        try {
            Optional<PasswordKey> key = offered.tooLong()
                    ? Optional.empty()
                    : passwords.prove(
                            account.map(some -> some.wayIn().wrapping().record())
                                    .orElse(nobodys),
                            offered);
            if (key.isEmpty() || account.isEmpty()) {
                counted = true;
                guess.wrong();
                throw new EnrolmentException(wrong);
            }
            try (PasswordKey passwordKey = key.get()) {
                Owner owner = open(account.get(), passwordKey);
                counted = true;
                guess.right();
                return owner;
            }
        } finally {
            if (!counted) {
                guess.undecided();
            }
        }
    }

    /** These commands come from this machine, whoever sits at it. */
    private PasswordGuessLimit.Guess guess(EmailAddress login) throws EnrolmentException, CannotTellException {
        try {
            return guesses.begin(login.canonical(), InetAddress.getLoopbackAddress(), PasswordGuessLimit.Turn.FIRST);
        } catch (TooManyGuessesException early) {
            throw new EnrolmentException("too many wrong passwords; try again in "
                    + Math.max(1, early.waiting().toSeconds()) + " seconds");
        }
    }

    private Owner open(Account account, PasswordKey key) throws CannotTellException {
        try {
            if (account.wayIn().wrapping().locked().isEmpty()) {
                if (account.keyHere()) {
                    throw new CannotTellException("a way in without the key that it should open");
                }
                return new Owner(account.login(), Optional.empty());
            }
            return new Owner(
                    account.login(),
                    Optional.of(
                            passwords.unlock(account.wayIn().wrapping().locked().get(), key)));
        } catch (SealedException damaged) {
            throw new CannotTellException("the locked key does not open with its own password", damaged);
        }
    }

    private void check(Password next, EmailAddress login) throws EnrolmentException, CannotTellException {
        ChosenPassword.check(next, login, therapist(login).name());
    }

    private Therapist therapist(EmailAddress login) throws EnrolmentException, CannotTellException {
        try {
            return directory.therapist(login);
        } catch (RefusedException unknown) {
            throw new EnrolmentException("no such therapist: " + login.value());
        }
    }

    private static EmailAddress login(String address) throws EnrolmentException {
        try {
            return EmailAddress.of(EmailAddress.of(address.strip()).canonical());
        } catch (IllegalArgumentException noAddress) {
            throw new EnrolmentException("not a mailbox address (therapist)");
        }
    }

    private static String deviceName(String text) throws EnrolmentException {
        String name = text.strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new EnrolmentException("a device's name has 1 to " + LONGEST_NAME + " characters");
        }
        return name;
    }
}
