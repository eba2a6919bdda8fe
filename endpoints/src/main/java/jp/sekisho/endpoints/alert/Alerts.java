package jp.sekisho.endpoints.alert;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.alert.Alert;
import jp.sekisho.checkpoint.alert.RaisedAlerts;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.paging.Cursor;
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
        return officers.forRealm(officers.either(), policy -> {
            Optional<Position> position = Optional.ofNullable(before).flatMap(Cursor::parse);
            return before != null && position.isEmpty()
                    ? Problem.badRequest("before", "Not a place where a page ended.")
                    : page(position);
        });
    }

    private Response page(Optional<Position> position) {
        List<Alert> found = new RaisedAlerts(officers.session(), officers.realm()).before(position, PAGE + 1);
        List<Alert> page = found.subList(0, Math.min(PAGE, found.size()));
        String next = found.size() > PAGE ? Cursor.of(page.get(PAGE - 1).position()) : null;
        return Response.ok(new View(page.stream().map(AlertView::of).toList(), next), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    record View(List<AlertView> alerts, String before) {}
}
