package jp.sekisho.endpoints.alert;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import jp.sekisho.checkpoint.alert.Alert;
import jp.sekisho.checkpoint.alert.RaisedAlerts;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.paging.Cursor;
import jp.sekisho.endpoints.paging.Page;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.storage.cursor.Position;

/** What the desk was alerted of. */
public final class Alerts {

    private static final int PAGE = 50;

    private final Officers officers;

    public Alerts(Officers officers) {
        this.officers = officers;
    }

    /**
     * {@code {"alerts": [AlertView, …], "before": "…"}}, newest first.
     *
     * @param before where the page before ended; null for the first page
     * @return without {@code before} where nothing follows; 400 for what is no cursor
     */
    public Response alerts(String before) {
        RaisedAlerts alerts = new RaisedAlerts(officers.session(), officers.realm());
        return officers.forRealm(
                officers.either(),
                policy -> Cursor.begin(before, alerts::now)
                        .map(position -> page(alerts, position))
                        .orElseGet(() -> Problem.badRequest("before", "Not a place where a page ended.")));
    }

    private static Response page(RaisedAlerts alerts, Position position) {
        Page<Alert> page = Page.of(alerts.before(position, PAGE + 1), PAGE, Alert::position);
        View view = new View(page.records().stream().map(AlertView::of).toList(), page.before());
        return Response.ok(view, MediaType.APPLICATION_JSON_TYPE).build();
    }

    record View(List<AlertView> alerts, String before) {}
}
