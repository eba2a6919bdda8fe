package jp.sekisho.authenticators.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.identity.IdentityRecords;
import jp.sekisho.checkpoint.identity.Verification;
import jp.sekisho.checkpoint.identity.VerifiedClaims;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.oidc.mappers.AbstractClaimMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderSyncMode;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what an upstream identity provider verified ({@code verified_claims} in its ID token or user info). Only of the
 * provider that the mapper's own configuration names, and only by the rules that it names: a mapper that is copied to
 * another provider trusts nobody.
 */
// FFAJ-1.1-S1, FFAJ-1.1-B1
public final class VerifiedClaimsMapper extends AbstractClaimMapper {

    public static final String ID = "sekisho-verified-claims";

    static final String TRUSTED_PROVIDER = "trusted-provider";
    static final String TRUST_FRAMEWORKS = "trust-frameworks";
    static final String METHOD = "method";

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedClaimsMapper.class);
    private static final String CLAIM_NAME = "verified_claims";
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {OIDCIdentityProviderFactory.PROVIDER_ID, KeycloakOIDCIdentityProviderFactory.PROVIDER_ID};
    }

    /** At each login, whatever is synchronised besides: a verification may be newer than the account. */
    @Override
    public boolean supportsSyncMode(IdentityProviderSyncMode syncMode) {
        return true;
    }

    @Override
    public void importNewUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        record(session, realm, user, mapper, context);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        record(session, realm, user, mapper, context);
    }

    private static void record(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            IdentityProviderMapperModel mapper,
            BrokeredIdentityContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        Object claim = getClaimValue(context, CLAIM_NAME);
        if (policy.isEmpty()
                || claim == null
                || !trusts(mapper, context.getIdpConfig().getAlias())) {
            return;
        }
        Set<String> frameworks = frameworks(mapper);
        for (VerifiedClaims claims : VerifiedClaims.in(json(claim))) {
            if (frameworks.contains(claims.trustFramework())) {
                record(session, realm, policy.get(), user, verification(mapper, claims), context);
            }
        }
    }

    private static void record(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            UserModel user,
            Verification verification,
            BrokeredIdentityContext context) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = CustomerFile.of(session, realm, customer).now();
        try {
            IdentityRecords.of(session, realm)
                    .recordOnce(customer, verification, now)
                    .ifPresent(row -> Notices.of(session, realm, policy)
                            .tell(
                                    user,
                                    Notice.IDENTITY_VERIFIED,
                                    NoticeValues.at(now).about(row.id())));
            Optional.ofNullable(context.getAuthenticationSession())
                    .ifPresent(login -> SessionVouching.identified(login, now));
        } catch (NoKeyException unsealed) {
            // The login goes on; it is only not known as verified.
            LOG.error("realm {}: an identity was not recorded: {}", realm.getName(), unsealed.getMessage());
        }
    }

    private static Verification verification(IdentityProviderMapperModel mapper, VerifiedClaims claims) {
        return new Verification(
                VerificationMethod.valueOf(mapper.getConfig().getOrDefault(METHOD, VerificationMethod.EKYC.name())),
                claims.reference(),
                claims.digest(),
                Optional.empty(),
                Optional.of(mapper.getIdentityProviderAlias()),
                Optional.empty(),
                claims.verifiedAt());
    }

    private static boolean trusts(IdentityProviderMapperModel mapper, String provider) {
        return provider.equals(mapper.getConfig().get(TRUSTED_PROVIDER))
                && provider.equals(mapper.getIdentityProviderAlias());
    }

    private static Set<String> frameworks(IdentityProviderMapperModel mapper) {
        String names = mapper.getConfig().getOrDefault(TRUST_FRAMEWORKS, "");
        return COMMA.splitAsStream(names.strip())
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Of the ID token it is maps and lists, of the user info a tree, or its text. */
    private static JsonNode json(Object claim) {
        try {
            return claim instanceof String text ? JSON.readTree(text) : JSON.valueToTree(claim);
        } catch (JsonProcessingException noJson) {
            return JSON.createObjectNode();
        }
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(TRUSTED_PROVIDER)
                .label("Trusted provider")
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("Alias of the identity provider, again: only where it is the one that the mapper belongs to,"
                        + " anything is recorded.")
                .add()
                .property()
                .name(TRUST_FRAMEWORKS)
                .label("Trust frameworks")
                .type(ProviderConfigProperty.STRING_TYPE)
                .helpText("By which rules it must have been verified, separated by commas, such as jp_aml.")
                .add()
                .property()
                .name(METHOD)
                .label("Method")
                .type(ProviderConfigProperty.LIST_TYPE)
                .options(
                        VerificationMethod.EKYC.name(),
                        VerificationMethod.JPKI.name(),
                        VerificationMethod.IC_CHIP.name())
                .defaultValue(VerificationMethod.EKYC.name())
                .helpText("What this provider's verification counts as.")
                .add()
                .build();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayCategory() {
        return "Sekisho";
    }

    @Override
    public String getDisplayType() {
        return "Sekisho: verified claims";
    }

    @Override
    public String getHelpText() {
        return "Records the verification of the customer's identity (OpenID Connect for Identity Assurance): reference,"
                + " digest and time, never the claims themselves.";
    }
}
