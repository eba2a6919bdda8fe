package jp.sekisho.checkpoint.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.payee.HolderName;
import org.keycloak.models.UserModel;

/** Whether a bank account is in the customer's name, as far as the firm knows his name as banks write it. */
final class HolderCheck {

    private static final List<String> KANA = List.of("lastNameKana", "firstNameKana");
    private static final List<String> NAME = List.of(UserModel.LAST_NAME, UserModel.FIRST_NAME);

    private HolderCheck() {}

    static boolean own(UserModel user, Details details) {
        Optional<String> kana = name(user, KANA);
        if (kana.isEmpty() || details.payee().isEmpty()) {
            return true;
        }
        List<String> names =
                Stream.of(kana, name(user, NAME)).flatMap(Optional::stream).toList();
        return HolderName.same(details.payee().get().holder(), names);
    }

    private static Optional<String> name(UserModel user, List<String> attributes) {
        List<String> parts = attributes.stream()
                .map(user::getFirstAttribute)
                .filter(part -> part != null && !part.isBlank())
                .toList();
        return parts.size() == attributes.size() ? Optional.of(String.join(" ", parts)) : Optional.empty();
    }
}
