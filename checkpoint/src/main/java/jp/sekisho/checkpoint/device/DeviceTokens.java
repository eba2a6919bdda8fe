package jp.sekisho.checkpoint.device;

import jakarta.enterprise.context.ContextNotActiveException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.dossier.DeviceToken;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.ClosingWork;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.device.DevicePolicy;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.device.Device;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.device.Trust;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Device tokens: recognised, handed out, and trust in them (decision 7). What is written is committed before the answer. */
// FFAJ-1.2-B2, FFAJ-3-S1
public final class DeviceTokens {

    /** A trust's last sight is written at most this often: it is for the customer's eyes, to the day. */
    private static final Duration SEEN_ANEW = Duration.ofDays(1);

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy realmPolicy;
    private final DevicePolicy policy;

    private DeviceTokens(KeycloakSession session, RealmModel realm, RealmPolicy realmPolicy) {
        this.session = session;
        this.realm = realm;
        this.realmPolicy = realmPolicy;
        this.policy = realmPolicy.profile().device();
    }

    public static DeviceTokens of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new DeviceTokens(session, realm, policy);
    }

    /** What is remembered for the rest of the request. */
    private record Recognised(Presented presented, TokenJudgement judgement) {}

    /** What was handed out in this request. */
    private record HandedOut(String deviceId) {}

    /**
     * The device of the request as this customer's. Reads nothing beyond the customer's dossier; a token that was reused
     * ends its family here, and all who trusted it are told.
     */
    public Presented presented(String customer) {
        return recognised(customer).presented();
    }

    /**
     * The customer was verified: his browser gets a token, or the successor of the one it has. Once a request.
     *
     * @return the device's id
     */
    public String handOut(String customer) {
        HandedOut before = session.getAttribute(HandedOut.class.getName(), HandedOut.class);
        if (before != null) {
            return before.deviceId();
        }
        CustomerFile file = CustomerFile.of(session, realm, customer);
        Recognised recognised = recognised(customer);
        String deviceId = switch (recognised.judgement()) {
            case CURRENT, PREVIOUS -> rotate(file);
            case ON_ITS_WAY -> device(file).id();
            case REUSED, ENDED -> create(file);
        };
        session.setAttribute(HandedOut.class.getName(), new HandedOut(deviceId));
        return deviceId;
    }

    /** The device that the customer of this request came in on, once it has a token. */
    public static Optional<String> handedOut(KeycloakSession session) {
        return Optional.ofNullable(session.getAttribute(HandedOut.class.getName(), HandedOut.class))
                .map(HandedOut::deviceId);
    }

    /**
     * The customer was verified with a passkey or TOTP and chose to be remembered on this browser.
     *
     * @param agent as it describes itself now
     * @param place where it is now
     */
    public void remember(UserModel user, UserAgent agent, Optional<Place> place) {
        String customer = Customers.pseudonym(session, realm, user);
        String deviceId = handOut(customer);
        Instant now = CustomerFile.of(session, realm, customer).onArrival().now();
        Instant until = now.plus(policy.remember());
        ClosingWork.add(
                session,
                em -> new Devices(em).trust(realm.getId(), deviceId, customer, user.getId(), agent, place, now, until));
    }

    /** The customer came in on a known device. Writes only what changed, or the day. */
    public void seen(String customer, UserAgent agent, Optional<Place> place) {
        CustomerFile file = CustomerFile.of(session, realm, customer);
        Optional<Trust> trust = presented(customer).knownDevice().isEmpty()
                ? Optional.empty()
                : file.onArrival().sighting().flatMap(Sighting::trust);
        Instant now = file.onArrival().now();
        trust.filter(known -> !known.userAgent().equals(agent)
                        || !now.isBefore(known.lastSeenAt().plus(SEEN_ANEW)))
                .ifPresent(known -> ClosingWork.add(
                        session, em -> new Devices(em).seen(known.deviceId(), customer, agent, place, now)));
    }

    private Recognised recognised(String customer) {
        String attribute = Recognised.class.getName() + ':' + realm.getId() + ':' + customer;
        Recognised known = session.getAttribute(attribute, Recognised.class);
        if (known != null) {
            return known;
        }
        Recognised recognised = recognise(CustomerFile.of(session, realm, customer));
        session.setAttribute(attribute, recognised);
        return recognised;
    }

    private Recognised recognise(CustomerFile file) {
        Optional<Sighting> sighting = file.onArrival().sighting();
        if (sighting.isEmpty()) {
            boolean missing = file.token().isEmpty() && !channelHasCookies();
            Field<DeviceSight> sight = missing ? Field.notCollected() : sight(Recognition.NEW, Optional.empty());
            return new Recognised(new Presented(sight, Optional.empty()), TokenJudgement.ENDED);
        }
        Device device = sighting.get().device();
        Instant now = file.onArrival().now();
        String hash = file.token().orElseThrow().hash();
        TokenJudgement judgement = TokenJudgement.judge(device, hash, now, policy.grace());
        Optional<String> id = Optional.of(device.id());
        if (!judgement.live()) {
            if (judgement == TokenJudgement.REUSED) {
                end(device, now);
            }
            return new Recognised(new Presented(sight(Recognition.REUSED, Optional.empty()), id), judgement);
        }
        if (judgement == TokenJudgement.CURRENT
                && device.presentedAt().isEmpty()
                && device.previousHash().isPresent()) {
            markPresentedAtTheEnd(device, now);
        }
        Optional<Trust> trust = sighting.get()
                .trust()
                .filter(known -> now.isBefore(known.trustedUntil()))
                .filter(known -> judgement.vouches(device, known.firstSeenAt()));
        Field<DeviceSight> sight = trust.isPresent()
                ? sight(Recognition.KNOWN, trust.map(Trust::userAgent))
                : sight(Recognition.NEW, Optional.empty());
        return new Recognised(new Presented(sight, id), judgement);
    }

    private static Field<DeviceSight> sight(Recognition recognition, Optional<UserAgent> agent) {
        return Field.of(new DeviceSight(recognition, agent));
    }

    /** Somebody holds a copy of a token: nobody's trust in the browser outlives that, and each is told. */
    private void end(Device device, Instant now) {
        List<Trust> ended = OwnTransaction.call(session, em -> new Devices(em).end(device.id(), now));
        NoticeValues values = NoticeValues.at(now).about(device.id());
        for (Trust trust : ended) {
            UserModel user = session.users().getUserById(realm, trust.userId());
            if (user != null) {
                Notices.of(session, realm, realmPolicy)
                        .tellNow(user, Notice.DEVICE_TOKEN_REUSED, values.on(words(trust.userAgent())));
            }
        }
    }

    private static String words(UserAgent agent) {
        return agent.browser() + " (" + agent.os() + ")";
    }

    /** Where the request replaces the token anyway, there is nothing to mark: a login is spared the statement. */
    private void markPresentedAtTheEnd(Device device, Instant now) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                mark();
            }

            @Override
            protected void rollbackImpl() {
                mark();
            }

            private void mark() {
                if (session.getAttribute(HandedOut.class.getName()) == null) {
                    OwnTransaction.run(session, em -> {
                        new Devices(em).presented(device, now);
                    });
                }
            }
        });
    }

    private String create(CustomerFile file) {
        DeviceToken token = DeviceToken.ofNewFamily();
        Instant now = file.onArrival().now();
        ClosingWork.add(session, em -> {
            new Devices(em).create(realm.getId(), token.family(), token.hash(), now);
            setCookie(token);
        });
        return token.family();
    }

    private String rotate(CustomerFile file) {
        DeviceToken presented = file.token().orElseThrow();
        DeviceToken successor = presented.successor();
        Device device = device(file);
        Instant now = file.onArrival().now();
        // Where another request was faster, the browser keeps what that one gave it.
        ClosingWork.add(session, Devices.rotation(device, presented.hash(), successor.hash(), now), rows -> {
            if (rows == 1) {
                setCookie(successor);
            }
        });
        return device.id();
    }

    private static Device device(CustomerFile file) {
        return file.onArrival().sighting().orElseThrow().device();
    }

    private void setCookie(DeviceToken token) {
        session.getContext().getHttpResponse().setCookieIfAbsent(token.cookie(realm.getId(), policy.remember()));
    }

    /** A password sent to the token endpoint, or a job: no browser, so there is no cookie to miss. */
    private boolean channelHasCookies() {
        try {
            return !session.getContext().getUri().getPath().endsWith(TOKEN_ENDPOINT);
        } catch (ContextNotActiveException noRequest) {
            return false;
        }
    }
}
