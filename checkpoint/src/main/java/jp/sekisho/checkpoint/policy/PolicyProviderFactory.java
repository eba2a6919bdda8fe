package jp.sekisho.checkpoint.policy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import jakarta.ws.rs.ForbiddenException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jp.sekisho.checkpoint.customer.StateRemoval;
import org.keycloak.Config;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentFactory;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and keeps the policy of each realm. A policy is refused when it is saved; one that became unreadable by other
 * means falls back to the last good one of this node, else to the shipped profile, with an alarm (decision 12): an error
 * in the log and the metric {@code sekisho_policy_unreadable_total}, once for each version of it and node.
 */
public final class PolicyProviderFactory implements ComponentFactory<PolicyProvider, PolicyProvider> {

    public static final String ID = "sekisho-policy";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyProviderFactory.class);

    private static final String UNREADABLE = "sekisho.policy.unreadable";

    private static final String REFUSED = "sekisho.policy.lowering.refused";

    private record Read(Map<String, List<String>> config, RealmPolicy policy) {}

    private final Map<String, Read> lastGood = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;
    private final CommittedPolicy committed;

    private final AtomicLong unreadable = new AtomicLong();
    private FunctionCounter alarm;
    private final AtomicLong refused = new AtomicLong();
    private FunctionCounter refusals;

    public PolicyProviderFactory() {
        this(Metrics.globalRegistry, CommittedPolicy::stored);
    }

    PolicyProviderFactory(MeterRegistry metrics, CommittedPolicy committed) {
        this.metrics = metrics;
        this.committed = committed;
    }

    @Override
    public PolicyProvider create(KeycloakSession session, ComponentModel component) {
        RealmPolicy policy = read(session, component);
        return new PolicyProvider() {
            @Override
            public RealmPolicy policy() {
                return policy;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public PolicyProvider create(KeycloakSession session) {
        throw new IllegalStateException("a policy belongs to a realm's component");
    }

    private RealmPolicy read(KeycloakSession session, ComponentModel component) {
        Read known = lastGood.get(component.getId());
        if (known != null && known.config().equals(component.getConfig())) {
            return known.policy();
        }
        Map<String, List<String>> cached = Map.copyOf(component.getConfig());
        Map<String, List<String>> config =
                committed.of(session, component.getId()).orElse(cached);
        if (known != null && known.config().equals(config)) {
            return known.policy();
        }
        RealmPolicy policy =
                readOrFallBack(component, config, Optional.ofNullable(known).map(Read::policy));
        lastGood.put(component.getId(), new Read(config, policy));
        return policy;
    }

    private RealmPolicy readOrFallBack(
            ComponentModel component, Map<String, List<String>> config, Optional<RealmPolicy> lastGood) {
        try {
            return PolicyDocuments.read(new MultivaluedHashMap<>(config));
        } catch (UnreadablePolicyException wrong) {
            unreadable.incrementAndGet();
            LOG.error(
                    "realm {}: {}; {} stays in force",
                    component.getParentId(),
                    wrong.getMessage(),
                    lastGood.map(RealmPolicy::version).orElse("the shipped profile"));
            return lastGood.orElseGet(() -> PolicyDocuments.read(new ComponentModel().getConfig()));
        }
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel component) {
        boolean second = realm.getComponentsStream(realm.getId(), PolicyProvider.class.getName())
                .anyMatch(other -> !other.getId().equals(component.getId()));
        if (second) {
            throw new ComponentValidationException("A realm has one sekisho-policy");
        }
        // Elsewhere nobody would find it.
        if (component.getParentId() != null && !component.getParentId().equals(realm.getId())) {
            throw new ComponentValidationException("sekisho-policy: belongs to the realm itself");
        }
        try {
            RealmPolicy policy = PolicyDocuments.read(component.getConfig());
            session.getKeycloakSessionFactory().publish(new PolicyProposed(policy));
            RealmPolicies.component(realm).ifPresent(before -> refuseLowering(session, realm, before, component));
        } catch (UnreadablePolicyException unreadable) {
            throw refusal(unreadable.getMessage());
        }
    }

    /** Keycloak takes the message for a pattern. */
    private static ComponentValidationException refusal(String message) {
        return new ComponentValidationException(message.replace("'", "''").replace("{", "'{'"));
    }

    /** The first policy of a realm is lower than none. */
    private void refuseLowering(
            KeycloakSession session, RealmModel realm, ComponentModel before, ComponentModel wanted) {
        SortedSet<String> lowered = PolicyChanges.lowered(before, wanted.getConfig());
        if (!lowered.isEmpty() && !PolicyChanges.isApproved(session, wanted.getConfig())) {
            refused.incrementAndGet();
            LOG.warn("realm {}: one alone wanted a lower policy: {}", realm.getName(), lowered);
            throw refusal(PolicyChanges.refusal(lowered));
        }
    }

    /** Without a policy a realm has no checkpoint. One goes with its realm, which does not ask here. */
    @Override
    public void preRemove(KeycloakSession session, RealmModel realm, ComponentModel component) {
        refused.incrementAndGet();
        LOG.warn("realm {}: one alone wanted to remove the policy", realm.getName());
        throw new ForbiddenException(
                "sekisho-policy: is not removed; two officers may set its mode to " + PolicyDocuments.MONITOR);
    }

    @Override
    public String getHelpText() {
        return "What the realm requires of its customers, by operation and risk.";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(PolicyDocuments.PROFILE)
                .label("Profile")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(PolicyDocuments.PROFILES)
                .defaultValue(PolicyDocuments.PROFILES.get(0))
                .add()
                .property()
                .name(PolicyDocuments.MODE)
                .label("Mode")
                .helpText("monitor: decide and record, enforce nothing")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(PolicyDocuments.ENFORCE, PolicyDocuments.MONITOR)
                .defaultValue(PolicyDocuments.ENFORCE)
                .add()
                .property()
                .name(PolicyDocuments.CHANGES)
                .label("Changes")
                .helpText("JSON laid over the profile's document")
                .type(ProviderConfigProperty.TEXT_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.CONTACT_NAME)
                .label("Contact point: name")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.CONTACT_PHONE)
                .label("Contact point: telephone")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.CONTACT_HOURS)
                .label("Contact point: hours")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.WEBHOOK_URL)
                .label("Webhook: URL")
                .helpText("https; the host must be in the server's list of allowed hosts")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.WEBHOOK_SECRET)
                .label("Webhook: secret")
                .helpText("An entry of the vault: ${vault.<entry>}, holding whsec_...")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .property()
                .name(PolicyDocuments.WEBHOOK_PREVIOUS_SECRET)
                .label("Webhook: previous secret")
                .helpText("While secrets are rotated: signed with both")
                .type(ProviderConfigProperty.STRING_TYPE)
                .add()
                .build();
    }

    @Override
    public void init(Config.Scope config) {
        // Counted by ourselves: the server's registry may come later, and a counter would forget what was before.
        alarm = FunctionCounter.builder(UNREADABLE, unreadable, AtomicLong::get)
                .description("Policies that could not be read; another one is in force")
                .register(metrics);
        refusals = FunctionCounter.builder(REFUSED, refused, AtomicLong::get)
                .description("Attempts of one alone to lower or remove a policy")
                .register(metrics);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(new StateRemoval());
    }

    @Override
    public void close() {
        metrics.remove(alarm);
        metrics.remove(refusals);
    }

    @Override
    public String getId() {
        return ID;
    }
}
