package jp.sekisho.checkpoint.operation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.payee.HolderName;
import org.keycloak.models.UserModel;

/** Whether a bank account is in the customer's name. Of whom the firm knows no name that a bank can write, nobody knows it. */
// FFAJ-1.4-S3
final class HolderCheck {

    private static final String LAST_NAME_KANA = "lastNameKana";
    private static final String FIRST_NAME_KANA = "firstNameKana";

    private HolderCheck() {}

    static boolean own(UserModel user, Details details) {
        List<String> names = Stream.of(
                        name(user, LAST_NAME_KANA, FIRST_NAME_KANA),
                        name(user, UserModel.LAST_NAME, UserModel.FIRST_NAME))
                .flatMap(Optional::stream)
                .toList();
        return own(names, details);
    }

    /** @param names of the customer, as he is written in either script */
    static boolean own(List<String> names, Details details) {
        return details.payee().isEmpty()
                || HolderName.same(details.payee().get().holder(), names);
    }

    private static Optional<String> name(UserModel user, String last, String first) {
        return Optional.ofNullable(user.getFirstAttribute(last))
                .flatMap(family ->
                        Optional.ofNullable(user.getFirstAttribute(first)).map(given -> family + ' ' + given))
                .filter(name -> !name.isBlank());
    }
}
