package org.therapost.server.administration.routes;

import java.util.Optional;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/** Gives a therapist their own secret key, against their password, to keep or to use with other OpenPGP programs. */
public final class ExportKey {

    private final Accounts accounts;
    private final Passwords passwords;
    private final OpenPgpKeys openPgpKeys;

    public ExportKey(Accounts accounts, Passwords passwords, OpenPgpKeys openPgpKeys) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.openPgpKeys = openPgpKeys;
    }

    /**
     * The key of custody {@code login}, ASCII-armored.
     *
     * @param password the login password, which also protects the exported key
     */
    public String export(String login, String password) throws EnrolmentException, CannotTellException {
        Password offered = Password.offered(password);
        Optional<Account> account = account(login);
        if (account.isEmpty() || offered.tooLong()) {
            throw new EnrolmentException("address or password is wrong");
        }
        Optional<PasswordKey> proof =
                passwords.prove(account.get().wayIn().wrapping().record(), offered);
        try (PasswordKey key = proof.orElseThrow(() -> new EnrolmentException("address or password is wrong"));
                SecretKey secret = passwords.unlock(
                        account.get()
                                .wayIn()
                                .wrapping()
                                .locked()
                                .orElseThrow(() ->
                                        new EnrolmentException("the server does not hold this key (custody own)")),
                        key)) {
            return openPgpKeys.armor(secret, offered);
        } catch (SealedException damaged) {
            throw new CannotTellException("the locked key does not open with its own password", damaged);
        }
    }

    private Optional<Account> account(String login) throws CannotTellException {
        Optional<EmailAddress> address = EmailAddress.parse(login).toOptional();
        return address.isPresent()
                ? accounts.find(EmailAddress.of(address.get().canonical()), Optional.empty())
                : Optional.empty();
    }
}
