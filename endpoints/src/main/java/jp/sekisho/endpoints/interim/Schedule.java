package jp.sekisho.endpoints.interim;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.policies.interim.MigrationPolicy;
import jp.sekisho.policies.interim.Stage;
import jp.sekisho.policies.interim.Standing;

/** The way from passwords to passkeys as a customer sees it: all dates, and where he stands. */
// JP25-4
public final class Schedule {

    private final SignedIn signedIn;

    public Schedule(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /**
     * @param stages those about him, oldest first
     * @param standing {@code none}, {@code invited}, {@code postponable}, {@code required}, {@code awaiting}, {@code exempt} or
     *     {@code lapsed}
     * @param passwordUntil until when a password opens his login, ISO-8601; absent where none does
     * @param postponements absent where nothing can be put off
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record View(List<Step> stages, String standing, String passwordUntil, Left postponements) {}

    /** @param from first day, ISO-8601 */
    public record Step(String from, String ask, boolean current) {}

    /** @param lastDay the last day on which he may put off */
    public record Left(int left, String lastDay) {}

    public Response view() {
        return signedIn.forCustomer(customer ->
                Response.ok(view(customer), MediaType.APPLICATION_JSON_TYPE).build());
    }

    private View view(Customer customer) {
        Instant now = CustomerFile.of(signedIn.session(), customer.realm(), customer.pseudonym())
                .now();
        Standing standing = Interim.of(signedIn.session(), customer.realm(), customer.policy())
                .standing(customer.pseudonym(), customer.user(), now);
        Left left = standing instanceof Standing.Postponable postponable
                ? new Left(postponable.left(), postponable.lastDay().toString())
                : null;
        return new View(
                stages(customer, now),
                standing.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                standing.passwordUntil().map(Instant::toString).orElse(null),
                left);
    }

    private static List<Step> stages(Customer customer, Instant now) {
        MigrationPolicy migration = customer.policy().profile().migration();
        LocalDate today = now.atZone(customer.policy().profile().risk().zone()).toLocalDate();
        boolean totp = Interim.holdsTotp(customer.user());
        Stage current = migration.at(today, totp).orElse(null);
        return migration.about(totp).stream()
                .map(stage -> new Step(stage.from().toString(), stage.ask().name(), stage.equals(current)))
                .toList();
    }
}
