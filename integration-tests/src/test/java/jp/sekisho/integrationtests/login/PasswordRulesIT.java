package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** A password that is refused is refused in words, wherever it is set. */
// FFAJ-1.2-S1
@LoginTest
class PasswordRulesIT {

    private static final String NIST = """
            {"passwords": {"length": 15, "length-with-mfa": 8, "composition": false, "strength": 10}}""";

    private final World world;

    PasswordRulesIT(World world) {
        this.world = world;
    }

    @Test
    void theCustomerReadsWhatToDo() {
        Customer customer = world.customer("ja", "ONSWW2LTNBXS2ZDFNVXS243VPJ2WW2JN");
        Page form = newPassword(customer);

        form = refused(form, "Mizu-umi-29", "12文字以上");
        form = refused(form, "mizu-umi-2938", "英大文字");
        form = refused(form, "Mizu-Suzuki-29", "お名前");
        form = refused(form, "Mizu-hanako-29", "お名前");
        form = refused(form, "Mizu-" + customer.customerNumber() + "-kaze", "お客さま番号");
        form = refused(form, "Mizu-umi-2345-x", "続きの文字");
        form = refused(form, "Mizu-qwert-29-x", "キーボード");
        form = refused(form, "Kaze29Kaze29", "繰り返");
        form = refused(form, "Sakurasaku29!", "過去に流出した");
        assertThat(submit(form, "Mizu-umi-2938").kind()).isEqualTo(Kind.APP);
    }

    @Test
    void andSoDoesWhoReadsEnglish() throws Exception {
        Customer customer = world.customer("en", "ONSWW2LTNBXS2ZDFNVXS243VPJ2WW2JN");
        Page form = newPassword(customer);

        form = refused(form, "Mizu-umi-29", "at least 12 characters");
        form = refused(form, "Mizu-Suzuki-29", "contains your name");
        Page last = refused(form, "Sunshine2024!", "common one, or was leaked");
        world.during("changes", NIST, () -> {
            // The authenticator app is asked for at some logins only: the password may be alone.
            Page page = refused(last, "mizu-umi-29", "at least 15 characters");
            page = refused(page, "passwordpasswords", "easy to guess");
            assertThat(submit(page, "mizu kaze iwa kumo").kind()).isEqualTo(Kind.APP);
        });
    }

    @Test
    void administratorsAreBoundByTheSameRules() {
        Customer customer = world.customer();
        String path = World.realm("/users/" + world.id(customer) + "/reset-password");

        assertThatThrownBy(() -> world.admin().put(path, Map.of("type", "password", "value", "Mizu-Suzuki-2938")))
                .isInstanceOfSatisfying(Admin.Refused.class, refused -> {
                    assertThat(refused.status()).isEqualTo(400);
                    assertThat(refused).hasMessageContaining("sekisho-password-own-name");
                });
    }

    @Test
    void theBlocklistIsSwappedWhileTheServerRuns() throws Exception {
        Page form = newPassword(world.customer());
        String leaked = "Tsuki-to-hoshi-58";
        var next = Files.writeString(world.blocklist().resolveSibling("next"), "tsuki-to-hoshi-58\n");
        Files.move(next, world.blocklist(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        try {
            World.await("the new list is in use", this::inUse);
            refused(form, leaked, "過去に流出した");
        } finally {
            Files.delete(world.blocklist());
        }
    }

    private boolean inUse() {
        try {
            return Files.readString(world.keycloak().log()).contains("list of 1 passwords");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Page newPassword(Customer customer) {
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        assertThat(visitor.enrol(customer).kind()).isEqualTo(Kind.APP);
        return visitor.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"));
    }

    private static Page refused(Page form, String password, String words) {
        Page again = submit(form, password);
        assertThat(again.kind()).as(again.text()).isEqualTo(Kind.NEW_PASSWORD);
        assertThat(again.text()).as(password).contains(words);
        return again;
    }

    private static Page submit(Page form, String password) {
        assertThat(form.kind()).as(form.text()).isEqualTo(Kind.NEW_PASSWORD);
        return form.submit("#kc-passwd-update-form", Map.of("password-new", password, "password-confirm", password));
    }
}
