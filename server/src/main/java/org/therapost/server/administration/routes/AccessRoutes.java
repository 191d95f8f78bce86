package org.therapost.server.administration.routes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.therapost.domain.access.AppPassword;
import org.therapost.domain.access.Device;
import org.therapost.domain.access.RecoveryCode;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.ActivateTherapist;
import org.therapost.domain.enrolment.ChangeAccess;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;

/**
 * What therapists do about their own login. Random secrets are drawn by whoever asks, who shows them to a person: no answer has
 * a secret in it.
 */
public final class AccessRoutes implements Routes {

    private final ActivateTherapist activateTherapist;
    private final ChangeAccess changeAccess;
    private final OpenPgpKeys openPgpKeys;

    public AccessRoutes(ActivateTherapist activateTherapist, ChangeAccess changeAccess, OpenPgpKeys openPgpKeys) {
        this.activateTherapist = activateTherapist;
        this.changeAccess = changeAccess;
        this.openPgpKeys = openPgpKeys;
    }

    @Override
    public Map<String, Route> routes() {
        return Map.of(
                "POST /therapists/*/activation", this::activate,
                "POST /therapists/*/password", this::changePassword,
                "POST /therapists/*/recovery", this::recover,
                "POST /therapists/*/recovery-code", this::replaceRecoveryCode,
                "GET /therapists/*/app-passwords", this::devices,
                "POST /therapists/*/app-passwords", this::addDevice,
                "DELETE /therapists/*/app-passwords", this::revoke,
                "POST /therapists/*/key", this::exportKey);
    }

    private Object activate(Request request) throws EnrolmentException, CannotTellException {
        try (RecoveryCode recovery = recoveryCode(request, 2)) {
            ActivateTherapist.Activated activated =
                    activateTherapist.activate(request.name(), request.secret(0), request.secret(1), recovery);
            Map<String, Object> answer = new LinkedHashMap<>(EnrolmentRoutes.describe(activated.therapist()));
            answer.put("fingerprint", activated.fingerprint());
            return answer;
        }
    }

    private Object changePassword(Request request) throws EnrolmentException, CannotTellException {
        changeAccess.changePassword(request.name(), request.secret(0), request.secret(1));
        return Map.of("address", request.name());
    }

    private Object recover(Request request) throws EnrolmentException, CannotTellException {
        try (RecoveryCode next = recoveryCode(request, 2)) {
            changeAccess.recover(request.name(), request.secret(0), request.secret(1), next);
        }
        return Map.of("address", request.name());
    }

    private Object replaceRecoveryCode(Request request) throws EnrolmentException, CannotTellException {
        try (RecoveryCode next = recoveryCode(request, 1)) {
            changeAccess.replaceRecoveryCode(request.name(), request.secret(0), next);
        }
        return Map.of("address", request.name());
    }

    private static RecoveryCode recoveryCode(Request request, int place) throws EnrolmentException {
        return RecoveryCode.read(request.secret(place))
                .orElseThrow(() -> new EnrolmentException("not a recovery code as it is drawn"));
    }

    private Object devices(Request request) throws EnrolmentException, CannotTellException {
        List<Map<String, Object>> devices = changeAccess.devices(request.name()).stream()
                .map(AccessRoutes::describe)
                .toList();
        return Map.of("appPasswords", devices);
    }

    private static Map<String, Object> describe(Device device) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device", device.name());
        answer.put("made", device.madeAt().toString());
        device.lastUsedOn().ifPresent(day -> answer.put("lastUsed", day.toString()));
        return answer;
    }

    private Object addDevice(Request request) throws EnrolmentException, CannotTellException {
        String device = request.text("device");
        try (AppPassword app = AppPassword.read(request.secret(1))
                .orElseThrow(() -> new EnrolmentException("not an app password as it is drawn"))) {
            changeAccess.addDevice(request.name(), request.secret(0), device, app);
        }
        return Map.of("device", device);
    }

    private Object revoke(Request request) throws EnrolmentException, CannotTellException {
        String device = request.text("device");
        changeAccess.revoke(request.name(), device);
        return Map.of("device", device);
    }

    /** The secret key, ASCII-armored, protected by the password against which it is given. */
    private Object exportKey(Request request) throws EnrolmentException, CannotTellException {
        Password password = request.secret(0);
        return Map.of(
                "key", changeAccess.withKey(request.name(), password, secret -> openPgpKeys.armor(secret, password)));
    }
}
