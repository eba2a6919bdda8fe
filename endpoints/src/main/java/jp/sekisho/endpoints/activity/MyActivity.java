package jp.sekisho.endpoints.activity;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import jp.sekisho.checkpoint.activity.Activities;
import jp.sekisho.checkpoint.activity.Activity;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.paging.Cursor;
import jp.sekisho.endpoints.paging.Page;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.storage.cursor.Position;

/** A customer's own logins and operations, also those that failed. */
public final class MyActivity {

    private static final int PAGE = 20;

    private final SignedIn signedIn;

    public MyActivity(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /**
     * {@code {"activity": [ActivityView, …], "before": "…"}}, newest first.
     *
     * @param before where the page before ended; null for the first page
     * @return without {@code before} where nothing follows; 400 for what is no cursor
     */
    public Response activity(String before) {
        return signedIn.forCustomer(customer -> {
            return Cursor.begin(before, customer::now)
                    .map(position -> page(customer, position))
                    .orElseGet(() -> Problem.badRequest("before", "Not a place where a page ended."));
        });
    }

    private Response page(Customer customer, Position position) {
        List<Activity> found =
                new Activities(signedIn.session(), customer.realm()).before(customer.pseudonym(), position, PAGE + 1);
        Page<Activity> page = Page.of(found, PAGE, Activity::position);
        return Response.ok(
                        new View(
                                page.records().stream()
                                        .map(activity -> ActivityView.of(activity, customer.fresh()))
                                        .toList(),
                                page.before()),
                        MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    record View(List<ActivityView> activity, String before) {}
}
