package jp.sekisho.checkpoint.tradingpassword;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.factor.SecondFactor;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.NotSet;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.Right;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.Stopped;
import jp.sekisho.checkpoint.tradingpassword.TypedAnswer.Wrong;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.tradingpassword.Setting;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The trading password, typed for an operation: reserved before it is looked at, on the credential and on the operation, of
 * which whichever comes to its limit first stops what it is of. A login is stopped by neither.
 */
// FFAJ-1.3-B1, FFAJ-1.3-B3, FFAJ-1.4-S1, FFAJ-1.4-S5
public final class TradingPasswords {

    private static final String ALL = "trading-password";
    private static final String UNKNOWN_DEVICES = "unknown-devices";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private TradingPasswords(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static TradingPasswords of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new TradingPasswords(session, realm, policy);
    }

    /** Whether the customer has one. */
    public static boolean has(UserModel user) {
        return user.credentialManager().isConfiguredFor(Attempt.TRADING_PASSWORD);
    }

    /**
     * What stops it without one being typed, for the page that would ask. Counts nothing.
     *
     * @param second the type under which what is typed with it is counted
     */
    public Optional<Stopped> stopped(UserModel user, Operation operation, Optional<String> second) {
        Attempt attempt = attempt(user, operation);
        return guard().refusal(customer(user), second.map(attempt::with).orElse(attempt))
                .map(refused -> new Stopped(refused.why(), refused.until()));
    }

    /**
     * Counts, then looks. A right one is one of the factors that the login under way has shown; a stop that begins is told.
     *
     * @param typed may be null or empty, which is wrong and not counted
     */
    public TypedAnswer verify(UserModel user, Operation operation, String typed) {
        return verify(user, attempt(user, operation), typed, Optional.empty());
    }

    /**
     * The same with something else in one form: both are right, or nobody hears which is wrong. Each counts on its own, and a wrong
     * form once on the operation.
     */
    // FFAJ-1.4-S1, FFAJ-1.4-S2
    public TypedAnswer verify(UserModel user, Operation operation, String typed, SecondFactor second) {
        return verify(user, attempt(user, operation).with(second.credential()), typed, Optional.of(second));
    }

    private TypedAnswer verify(UserModel user, Attempt attempt, String typed, Optional<SecondFactor> second) {
        if (!has(user)) {
            return new NotSet();
        }
        if (typed == null || typed.isEmpty()) {
            return new Wrong();
        }
        Permit permit = guard().reserve(customer(user), attempt);
        if (permit.refused().isPresent()) {
            Refused refused = permit.refused().get();
            return new Stopped(refused.why(), refused.until());
        }
        if (!right(user, typed)) {
            return wrong(user, permit, guard().failed(permit, Attempt.TRADING_PASSWORD));
        }
        if (second.isPresent() && !second.get().right()) {
            return wrong(user, permit, guard().failed(permit, second.get().credential()));
        }
        guard().verified(permit);
        Optional.ofNullable(session.getContext().getAuthenticationSession())
                .ifPresent(login -> ShownFactors.add(login, user, Attempt.TRADING_PASSWORD));
        return new Right();
    }

    /**
     * Whether it is also the new login password. Who tries one password after the other as the new one of his login guesses the
     * trading password: each is counted, and a right one stays counted. Where nothing may be guessed any more, nobody knows.
     */
    public boolean isAlso(UserModel user, String loginPassword) {
        if (!has(user)) {
            return false;
        }
        Attempt compared = new Attempt(Attempt.TRADING_PASSWORD, Operation.CREDENTIAL_CHANGE, device(user), false);
        Permit permit = guard().reserve(customer(user), compared);
        if (!permit.granted()) {
            return false;
        }
        boolean same = right(user, loginPassword);
        wrong(user, permit, guard().failed(permit));
        return same;
    }

    /** Whether the customer may set one in this login. */
    public Setting setting(UserModel user, AuthenticationSessionModel login) {
        SessionVouching vouching = new SessionVouching(session, realm, login);
        return Setting.of(
                vouching.vouching(),
                vouching.vouchedAt(),
                vouching.identifiedAt(),
                policy.profile().enrolment().fresh(),
                CustomerFile.of(session, realm, customer(user)).now());
    }

    private boolean right(UserModel user, String typed) {
        return user.credentialManager().isValid(new TradingPasswordTyped(typed));
    }

    private TypedAnswer wrong(UserModel user, Permit permit, Optional<Refusal> began) {
        if (began.isEmpty()) {
            return new Wrong();
        }
        if (began.get() == Refusal.THROTTLE) {
            return new Stopped(Refusal.THROTTLE, latestWait(permit));
        }
        tell(user, began.get(), permit.attempt().operation());
        return new Stopped(began.get(), Optional.empty());
    }

    private static Optional<Instant> latestWait(Permit permit) {
        return permit.stored().stream()
                .filter(permit.attempt()::counts)
                .flatMap(counter -> counter.blockedUntil().stream())
                .max(Instant::compareTo);
    }

    private void tell(UserModel user, Refusal began, Operation operation) {
        String stopped = switch (began) {
            case LOCK -> operation.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case STRANGER_LOCK, CREDENTIAL_ENDED -> UNKNOWN_DEVICES;
            case CREDENTIAL_LOCK, THROTTLE -> ALL;
        };
        NoticeValues values = session.getProvider(Checkpoint.class)
                .noticeValues(user)
                .about(stopped)
                .with(Attempt.TRADING_PASSWORD)
                .and(NoticeValues.STOPPED, stopped);
        Notices.of(session, realm, policy).tellNow(user, Notice.OPERATION_LOCK, values);
    }

    private Attempt attempt(UserModel user, Operation operation) {
        return Attempt.ofTradingPassword(operation, device(user));
    }

    private Optional<String> device(UserModel user) {
        return DeviceTokens.of(session, realm, policy).presented(customer(user)).knownDevice();
    }

    private String customer(UserModel user) {
        return Customers.pseudonym(session, realm, user);
    }

    private Guard guard() {
        return Guard.of(session, realm, policy);
    }
}
