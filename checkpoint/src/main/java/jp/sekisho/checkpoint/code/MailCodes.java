package jp.sekisho.checkpoint.code;

import io.micrometer.core.instrument.Metrics;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.factor.SecondFactor;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes by mail: 8 digits, 10 minutes, one use, bound to the session that asked and to the address that they went to,
 * hashed. Tries are counted like any secret's, and so are the mails.
 */
// JP25-3: an OTP like any other. JP25-6: a code, never a link.
public final class MailCodes {

    private static final Logger LOG = LoggerFactory.getLogger(MailCodes.class);
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int DIGITS = 8;
    private static final int CODES = 100_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** On this node. Behind more, a slow mail server would get a mail only when its code is good no more. */
    private static final int MOST_LATER = 200;

    private static final LaterMails LATER = new LaterMails(MOST_LATER);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final CodePurpose purpose;
    private final Operation operation;
    private final CodeSession asking;
    private final String customer;
    private final String address;

    private MailCodes(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            CodePurpose purpose,
            Operation operation,
            CodeSession asking,
            String customer,
            String address) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.purpose = purpose;
        this.operation = operation;
        this.asking = asking;
        this.customer = customer;
        this.address = address;
    }

    /**
     * @param customer pseudonym; of a name that nobody has, the same is counted
     * @param address where they go; of one that was mailed elsewhere nothing is known here
     */
    public static MailCodes of(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            CodePurpose purpose,
            CodeSession asking,
            String customer,
            String address) {
        return new MailCodes(
                session, realm, policy, purpose, purpose.operation().orElseThrow(), asking, customer, address);
    }

    /** To confirm an operation, on which tries and mails are counted. */
    // FFAJ-1.4-S2
    public static MailCodes toConfirm(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            Operation operation,
            CodeSession asking,
            String customer,
            String address) {
        return new MailCodes(session, realm, policy, CodePurpose.CONFIRMATION, operation, asking, customer, address);
    }

    /** What was typed, as it was meant: full-width digits and spaces are what phones make of codes. */
    public static String digits(String typed) {
        return Normalizer.normalize(typed == null ? "" : typed, Normalizer.Form.NFKC)
                .replaceAll("\\s", "");
    }

    /** Whether a code that is still good was made in this session. */
    public boolean live() {
        return hash().isPresent()
                && asking.note(expires())
                        .map(Instant::parse)
                        .filter(now()::isBefore)
                        .isPresent();
    }

    /** Whether this session has a code at all. */
    public boolean made() {
        return hash().isPresent();
    }

    /** Counts a mail before it is sent. */
    public Verdict mayMail() {
        Guard guard = guard();
        Permit mail = guard.reserve(customer, attempt(purpose.mails(), false));
        if (mail.refused().isPresent()) {
            return Verdict.refuse(mail.refused().get());
        }
        Optional<Refusal> began = guard.failed(mail).filter(lock -> lock != Refusal.THROTTLE);
        return began.isPresent() ? Verdict.fail(began) : Verdict.pass();
    }

    /** A new code; the one before is good no more once {@link #keep} was called. */
    public String draw() {
        return String.format(Locale.ROOT, "%0" + DIGITS + "d", RANDOM.nextInt(CODES));
    }

    /** From here on this is the session's code. */
    public void keep(String code) {
        asking.keep(name("hash"), hash(code));
        asking.keep(name("to"), to());
        asking.keep(expires(), now().plus(VALID).toString());
    }

    /** Sends; returns when the mail server has it. */
    public void mail(UserModel user, String code) throws EmailException {
        send(session, realm, policy, purpose, user, address, code);
    }

    /**
     * Sends after the answer: how long it takes tells nobody whether there is somebody to send it to. Where too many wait it is not
     * sent, and the answer is the same; he may ask again.
     *
     * @param userId of nobody, where there is no such customer: then nothing is sent
     */
    public void mailLater(Optional<String> userId, String code) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        String realmId = realm.getId();
        CodePurpose what = purpose;
        boolean goes = LATER.send(
                session.getProvider(ExecutorsProvider.class).getExecutor("sekisho-mail-codes"),
                () -> userId.ifPresent(id -> sendLater(factory, realmId, what, id, code)));
        if (!goes) {
            LOG.error("realm {}: a code is not sent, {} mails wait already", realm.getName(), MOST_LATER);
            Metrics.globalRegistry
                    .counter("sekisho.codes.refused", "realm", realm.getName())
                    .increment();
        }
    }

    private static void sendLater(
            KeycloakSessionFactory factory, String realmId, CodePurpose purpose, String userId, String code) {
        KeycloakModelUtils.runJobInTransaction(factory, own -> {
            RealmModel realm = own.realms().getRealm(realmId);
            if (realm == null) {
                return;
            }
            own.getContext().setRealm(realm);
            Optional<RealmPolicy> policy = RealmPolicies.of(own, realm);
            UserModel user = own.users().getUserById(realm, userId);
            if (user != null && policy.isPresent()) {
                try {
                    send(own, realm, policy.get(), purpose, user, user.getEmail(), code);
                } catch (EmailException unsent) {
                    LOG.error("realm {}: a code could not be sent: {}", realm.getName(), kind(unsent));
                }
            }
        });
    }

    private static void send(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            CodePurpose purpose,
            UserModel user,
            String address,
            String code)
            throws EmailException {
        // Keycloak adds its own to the map.
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("purpose", purpose.word());
        attributes.put("code", code);
        attributes.put("minutes", VALID.toMinutes());
        attributes.put("contact", policy.contact());
        session.getProvider(EmailTemplateProvider.class)
                .setRealm(realm)
                .setUser(user)
                .send("sekisho-login-code-subject", List.of(), "sekisho-login-code.ftl", attributes, address);
    }

    /** The kind only: mail servers repeat the address in their answers. */
    public static String kind(Throwable unsent) {
        Throwable root = unsent;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }

    /** Counts before it compares. A right code is used up, whoever else posts it at once and on whatever node. */
    public Verdict verify(String digits) {
        Guard guard = guard();
        Permit permit = guard.reserve(customer, attempt(purpose.credential(), purpose.secondFactor()));
        if (permit.refused().isPresent()) {
            return Verdict.refuse(permit.refused().get());
        }
        if (usedUp(digits)) {
            guard.verified(permit);
            return Verdict.pass();
        }
        return Verdict.fail(guard.failed(permit));
    }

    /** The same of one that is counted with the password that was typed beside it. */
    public SecondFactor beside(String digits) {
        return new SecondFactor() {
            @Override
            public Factor factor() {
                return Factor.MAIL_CODE;
            }

            @Override
            public String credential() {
                return purpose.credential();
            }

            @Override
            public boolean right() {
                return usedUp(digits);
            }
        };
    }

    /** Whether it was right; it is not any more. */
    private boolean usedUp(String digits) {
        Optional<String> hash = hash();
        if (!live() || !matches(hash.orElseThrow(), digits) || !first(hash.get())) {
            return false;
        }
        asking.forget(name("hash"));
        guard().verified(new Permit(
                customer, attempt(purpose.mails(), false), Optional.empty(), Optional.empty(), List.of()));
        return true;
    }

    private boolean first(String hash) {
        return session.singleUseObjects().putIfAbsent(purpose.credential() + ':' + hash, VALID.toSeconds());
    }

    private boolean matches(String hash, String digits) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), hash(digits).getBytes(StandardCharsets.US_ASCII));
    }

    private String hash(String code) {
        return Sha256.hex(asking.id() + ' ' + purpose.word() + ' ' + customer + ' ' + code + ' ' + address);
    }

    private Optional<String> hash() {
        return asking.note(name("to")).filter(to()::equals).flatMap(to -> asking.note(name("hash")));
    }

    /** Of the address, which need not be kept. */
    private String to() {
        return Sha256.hex(asking.id() + ' ' + customer + ' ' + address);
    }

    private String expires() {
        return name("expires");
    }

    private String name(String what) {
        return "sekisho.code." + purpose.word() + '.' + what;
    }

    private Attempt attempt(String what, boolean secondFactor) {
        Optional<String> knownDevice =
                DeviceTokens.of(session, realm, policy).presented(customer).knownDevice();
        return new Attempt(what, operation, knownDevice, secondFactor);
    }

    /** The database's time: what is kept here is asked for on other nodes (decision 14). */
    private Instant now() {
        return CustomerFile.of(session, realm, customer).now();
    }

    private Guard guard() {
        return Guard.of(session, realm, policy);
    }
}
