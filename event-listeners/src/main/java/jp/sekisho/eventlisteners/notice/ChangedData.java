package jp.sekisho.eventlisteners.notice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.change.ChangedAttributes;
import jp.sekisho.checkpoint.mailaddress.NoticeAddresses;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.mailaddress.PersonalData;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Tells a customer which of his personal data a request changes, at the old address and at the new one. Keycloak's events do
 * not say what an administrator changed: what this request leaves is compared with what is committed.
 */
// FFAJ-1.5-S2
final class ChangedData {

    /** The address has a notice of its own, and in which language he is told is his choice. */
    private static final Set<String> APART = Set.of(UserModel.EMAIL, UserModel.LOCALE);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    ChangedData(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    /** @param values of what happened; asked for where something changed */
    void tell(UserModel user, Supplier<NoticeValues> values) {
        Set<String> names = names();
        PersonalData after = data(user, names);
        Optional<PersonalData> before = before(user, names);
        session.setAttribute(told(user), after);
        before.filter(data -> !data.sameEmail(after))
                .ifPresent(data -> NoticeAddresses.of(session, realm, policy, user)
                        .replaced(data.email(), aboutNothingElse(values)));
        before.map(data -> data.differing(after))
                .filter(changed -> !changed.isEmpty())
                .ifPresent(changed -> changed(user, changed, values));
    }

    private void changed(UserModel user, Set<String> names, Supplier<NoticeValues> values) {
        ChangedAttributes.note(session, realm, user, names);
        Notices.of(session, realm, policy)
                .tell(
                        user,
                        Notice.PROFILE_CHANGED,
                        aboutNothingElse(values).and(NoticeValues.CHANGED, String.join(",", names)));
    }

    /** Each change is a fact of its own, however soon the next one follows. */
    private static NoticeValues aboutNothingElse(Supplier<NoticeValues> values) {
        return values.get().apart();
    }

    /** What he was told of in this request before, else what is committed; empty for a user who is made by it. */
    private Optional<PersonalData> before(UserModel user, Set<String> names) {
        Optional<PersonalData> told = Optional.ofNullable(session.getAttribute(told(user), PersonalData.class));
        return told.isPresent() ? told : committed(user.getId(), user.getUsername(), names);
    }

    /**
     * As the database has it: the cache may hold a user already whom this request only makes. An import that overwrites a user
     * gives him another id, but not another name.
     */
    private Optional<PersonalData> committed(String userId, String username, Set<String> names) {
        String realmId = realm.getId();
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel same = other.realms().getRealm(realmId);
            other.getContext().setRealm(same);
            UserProvider users =
                    StorageId.isLocalStorage(userId) ? UserStoragePrivateUtil.userLocalStorage(other) : other.users();
            return Optional.ofNullable(users.getUserById(same, userId))
                    .or(() -> Optional.ofNullable(users.getUserByUsername(same, username)))
                    .map(user -> data(user, names));
        });
    }

    private Set<String> names() {
        return session.getProvider(UserProfileProvider.class).getConfiguration().getAttributes().stream()
                .map(UPAttribute::getName)
                .filter(name -> !APART.contains(name))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static PersonalData data(UserModel user, Set<String> names) {
        Map<String, List<String>> values = names.stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        name -> user.getAttributeStream(name).toList()));
        return new PersonalData(Optional.ofNullable(user.getEmail()), values);
    }

    private static String told(UserModel user) {
        return ChangedData.class.getName() + '.' + user.getId();
    }
}
