package jp.sekisho.checkpoint.operation;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Details;
import org.keycloak.models.UserModel;

/** Whether a bank account is in the customer's name, as far as the firm knows his name as banks write it. */
final class HolderCheck {

    private static final String LAST_NAME = "lastNameKana";
    private static final String FIRST_NAME = "firstNameKana";

    private HolderCheck() {}

    static boolean own(UserModel user, Details details) {
        List<String> names = Stream.of(LAST_NAME, FIRST_NAME)
                .map(user::getFirstAttribute)
                .map(name -> Optional.ofNullable(name).orElse(""))
                .toList();
        return names.contains("")
                || details.payee()
                        .filter(payee -> !spelt(payee.holder()).equals(spelt(String.join("", names))))
                        .isEmpty();
    }

    private static String spelt(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .replaceAll("\\s", "")
                .toUpperCase(Locale.ROOT);
    }
}
