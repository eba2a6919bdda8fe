package jp.sekisho.storage.entities;

import java.util.List;
import jp.sekisho.storage.access.AccessChangeEntity;
import jp.sekisho.storage.access.AccessRuleEntity;
import jp.sekisho.storage.access.AccessVersionEntity;
import jp.sekisho.storage.baseline.PopulationEntity;
import jp.sekisho.storage.baseline.StatisticEntity;
import jp.sekisho.storage.change.ChangeEntity;
import jp.sekisho.storage.counter.CounterEntity;
import jp.sekisho.storage.cursor.CursorEntity;
import jp.sekisho.storage.device.DeviceEntity;
import jp.sekisho.storage.device.DeviceTrustEntity;
import jp.sekisho.storage.evidence.EvidenceEntity;
import jp.sekisho.storage.freeze.FreezeEntity;
import jp.sekisho.storage.freeze.HostileEntity;
import jp.sekisho.storage.identity.IdentityEntity;
import jp.sekisho.storage.identity.PostalCodeEntity;
import jp.sekisho.storage.interim.ExemptionEntity;
import jp.sekisho.storage.interim.ExemptionProposalEntity;
import jp.sekisho.storage.interim.PostponementEntity;
import jp.sekisho.storage.key.RealmKeyEntity;
import jp.sekisho.storage.limit.LimitEntity;
import jp.sekisho.storage.mailaddress.MailAddressEntity;
import jp.sekisho.storage.offer.CredentialOfferEntity;
import jp.sekisho.storage.operation.AllowanceEntity;
import jp.sekisho.storage.operation.OperationEntity;
import jp.sekisho.storage.outbox.OutboxEntity;
import jp.sekisho.storage.passkey.PasskeyEntity;
import jp.sekisho.storage.payee.PayeeEntity;
import jp.sekisho.storage.preference.PreferenceEntity;
import jp.sekisho.storage.proposal.ProposalEntity;
import jp.sekisho.storage.session.LogoutEntity;
import jp.sekisho.storage.signal.SignalEntity;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Brings our tables into Keycloak's persistence unit and its Liquibase run. */
public final class SekishoJpa implements JpaEntityProvider {

    /** Names the change log's table for ever. */
    public static final String ID = "sekisho";

    @Override
    public List<Class<?>> getEntities() {
        return List.of(
                AccessChangeEntity.class,
                AccessRuleEntity.class,
                AccessVersionEntity.class,
                CounterEntity.class,
                CredentialOfferEntity.class,
                CursorEntity.class,
                DeviceEntity.class,
                DeviceTrustEntity.class,
                StatisticEntity.class,
                PopulationEntity.class,
                EvidenceEntity.class,
                IdentityEntity.class,
                PostalCodeEntity.class,
                FreezeEntity.class,
                HostileEntity.class,
                LimitEntity.class,
                LogoutEntity.class,
                OperationEntity.class,
                AllowanceEntity.class,
                PayeeEntity.class,
                OutboxEntity.class,
                PasskeyEntity.class,
                PreferenceEntity.class,
                ProposalEntity.class,
                RealmKeyEntity.class,
                SignalEntity.class,
                ChangeEntity.class,
                ExemptionEntity.class,
                ExemptionProposalEntity.class,
                PostponementEntity.class,
                MailAddressEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/sekisho-changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return ID;
    }

    @Override
    public void close() {}

    public static final class Factory implements JpaEntityProviderFactory {

        @Override
        public JpaEntityProvider create(KeycloakSession session) {
            return new SekishoJpa();
        }

        @Override
        public void init(Config.Scope config) {}

        @Override
        public void postInit(KeycloakSessionFactory factory) {}

        @Override
        public void close() {}

        @Override
        public String getId() {
            return ID;
        }
    }
}
