package jp.sekisho.checkpoint.passkey;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.enrolment.Circumstances;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.enrolment.Enrolment;
import jp.sekisho.policies.enrolment.EnrolmentPolicy;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.recovery.RecoveryMeans;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.device.Trust;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.passkey.StoredPasskey;
import jp.sekisho.storage.passkey.StoredPasskeys;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The passkeys of a realm's customers: who may enrol one, from when it counts, and which is stopped before. */
// JP25-1
public final class Passkeys {

    private final KeycloakSession session;
    private final RealmModel realm;

    private Passkeys(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static Passkeys of(KeycloakSession session, RealmModel realm) {
        return new Passkeys(session, realm);
    }

    /** Names a credential in records and tables. */
    public static String digest(byte[] credentialId) {
        return Sha256.hex(Base64.getUrlEncoder().withoutPadding().encodeToString(credentialId));
    }

    /** Whether the customer may enrol a passkey in this login. */
    public Enrolment enrolment(RealmPolicy policy, UserModel user, AuthenticationSessionModel login) {
        String customer = Customers.pseudonym(session, realm, user);
        SessionVouching vouching = new SessionVouching(session, realm, login);
        Circumstances circumstances = new Circumstances(
                user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS),
                vouching.vouchedAt(),
                vouching.vouching(),
                deviceKnownSince(policy, customer),
                vouching.identifiedAt());
        EnrolmentPolicy terms = policy.profile().enrolment();
        Instant now = file(customer).now();
        return policy.monitor()
                ? Enrolment.watched(circumstances, terms, now)
                : Enrolment.of(circumstances, terms, now);
    }

    private Optional<Instant> deviceKnownSince(RealmPolicy policy, String customer) {
        return DeviceTokens.of(session, realm, policy)
                .presented(customer)
                .knownDevice()
                .flatMap(known -> file(customer).onArrival().sighting())
                .flatMap(Sighting::trust)
                .map(Trust::firstSeenAt);
    }

    /** Keeps a passkey that was just enrolled, and records it, in the request's transaction. */
    // FFAJ-3-S3
    public void enrolled(
            RealmPolicy policy,
            UserModel user,
            AuthenticationSessionModel login,
            PasskeyFacts facts,
            Optional<Instant> provisionalUntil) {
        String customer = Customers.pseudonym(session, realm, user);
        SessionVouching vouching = new SessionVouching(session, realm, login);
        CustomerFile file = file(customer);
        new StoredPasskeys(em())
                .put(new StoredPasskey(
                        realm.getId(),
                        customer,
                        user.getId(),
                        facts,
                        file.now(),
                        DeviceTokens.of(session, realm, policy)
                                .presented(customer)
                                .deviceId(),
                        provisionalUntil));
        new EvidenceLog(em())
                .append(Facts.passkeyEnrolled(
                        realm.getId(), customer, facts, provisionalUntil, policy.version(), file.now()));
        if (vouching.vouching() != Vouching.LOGIN) {
            vouching.spent();
        }
    }

    /** Records which means were shown in place of a lost one, in the request's transaction; their values are nowhere. */
    // JP25-12
    public void recovered(RealmPolicy policy, String customer, String decisionId, Collection<RecoveryMeans> means) {
        new EvidenceLog(em())
                .append(Facts.recovered(
                        realm.getId(),
                        decisionId,
                        customer,
                        means,
                        policy.version(),
                        file(customer).now()));
    }

    /**
     * Until when a login with the passkeys that the customer showed in it is held: where one of them counts, it is not, and nowhere
     * while nothing is enforced. Asks the database only where the customer's file says that he has a provisional one.
     */
    public Optional<Instant> provisionalUntil(String customer, Supplier<List<PasskeyFacts>> inLogin) {
        if (!anyProvisional(customer) || !enforced()) {
            return Optional.empty();
        }
        List<PasskeyFacts> shown = inLogin.get();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Instant> provisional = provisional(customer, file(customer).now()).stream()
                .collect(Collectors.toMap(
                        passkey -> passkey.facts().credential(),
                        passkey -> passkey.provisionalUntil().orElseThrow()));
        List<Optional<Instant>> untils = shown.stream()
                .map(facts -> Optional.ofNullable(provisional.get(facts.credential())))
                .toList();
        return untils.stream().allMatch(Optional::isPresent)
                ? untils.stream().flatMap(Optional::stream).min(Instant::compareTo)
                : Optional.empty();
    }

    /**
     * Whether the customer has no passkey but provisional ones. Who it was that enrolled them is not known yet: he must not
     * be asked for one instead of what he has besides.
     */
    public boolean onlyProvisional(UserModel user) {
        String customer = Customers.pseudonym(session, realm, user);
        return anyProvisional(customer)
                && enforced()
                && provisional(customer, file(customer).now()).stream()
                        .map(passkey -> passkey.facts().credential())
                        .collect(Collectors.toSet())
                        .containsAll(credentials(user).keySet());
    }

    /** Until when passkeys of the customer are provisional, by Keycloak's ids of them. */
    public Map<String, Instant> provisional(UserModel user) {
        Map<String, String> ids = credentials(user);
        String customer = Customers.pseudonym(session, realm, user);
        return provisional(customer, file(customer).now()).stream()
                .filter(passkey -> ids.containsKey(passkey.facts().credential()))
                .collect(Collectors.toMap(
                        passkey -> ids.get(passkey.facts().credential()),
                        passkey -> passkey.provisionalUntil().orElseThrow()));
    }

    /** Keycloak's ids of what a customer showed of his. */
    public Set<String> stored(UserModel user, Collection<PasskeyFacts> shown) {
        Map<String, String> ids = credentials(user);
        return shown.stream()
                .map(facts -> ids.get(facts.credential()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** What is provisional in a realm that only watches is so, too, once it enforces. */
    private boolean enforced() {
        return RealmPolicies.of(session, realm)
                .filter(policy -> !policy.monitor())
                .isPresent();
    }

    private boolean anyProvisional(String customer) {
        CustomerFile file = file(customer);
        return file.onArrival()
                .provisionalUntil()
                .filter(until -> until.isAfter(file.now()))
                .isPresent();
    }

    /**
     * Ends the provisional passkeys of a customer who did not enrol them. They open nothing any more; sessions that they
     * opened are the caller's to end.
     *
     * @return how many
     */
    public int endProvisional(String pseudonym) {
        return endProvisional(pseudonym, Map.of());
    }

    /** @param why what the record tells of it besides */
    public int endProvisional(String pseudonym, Map<String, String> why) {
        Instant now = file(pseudonym).now();
        List<StoredPasskey> ended = provisional(pseudonym, now);
        ended.forEach(passkey -> end(passkey, why, now));
        return ended.size();
    }

    private void end(StoredPasskey passkey, Map<String, String> why, Instant now) {
        UserModel user = session.users().getUserById(realm, passkey.userId());
        if (user != null) {
            credentials(user).entrySet().stream()
                    .filter(known -> known.getKey().equals(passkey.facts().credential()))
                    .forEach(known -> user.credentialManager().removeStoredCredentialById(known.getValue()));
        }
        new StoredPasskeys(em()).delete(passkey.customer(), passkey.facts().credential());
        new EvidenceLog(em())
                .append(Facts.passkeyStopped(
                        realm.getId(), passkey.customer(), passkey.facts().credential(), why, now));
    }

    /** Keycloak's ids by digest. */
    private static Map<String, String> credentials(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .map(WebAuthnCredentialModel::createFromCredentialModel)
                .collect(Collectors.toMap(
                        model -> digest(Base64.getMimeDecoder()
                                .decode(model.getWebAuthnCredentialData().getCredentialId())),
                        WebAuthnCredentialModel::getId,
                        (one, same) -> one));
    }

    private List<StoredPasskey> provisional(String customer, Instant now) {
        return new StoredPasskeys(em())
                .of(customer).stream()
                        .filter(passkey -> passkey.provisionalUntil()
                                .filter(until -> until.isAfter(now))
                                .isPresent())
                        .toList();
    }

    private CustomerFile file(String customer) {
        return CustomerFile.of(session, realm, customer);
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
