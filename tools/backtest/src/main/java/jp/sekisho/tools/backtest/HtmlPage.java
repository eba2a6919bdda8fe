package jp.sekisho.tools.backtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jp.sekisho.tools.backtest.Result.Group;

/** One page that needs nothing else: the curves of both models and the tables. */
final class HtmlPage {

    private static final int SIZE = 360;
    private static final int MARGIN = 48;
    private static final String[] COLOURS = {"#0b5fa5", "#b8442c"};
    private static final String[] DASHES = {"", "6 4"};

    private final StringBuilder html = new StringBuilder(100_000);

    private HtmlPage() {}

    static void write(Path file, String source, List<Result> results, Scores scores) throws IOException {
        Files.writeString(file, new HtmlPage().page(source, results, scores));
    }

    private String page(String source, List<Result> results, Scores scores) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>Sekisho back-test</title><style>")
                .append("body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;")
                .append("color:#1a1a1a;background:#fff}table{border-collapse:collapse;margin:.5rem 0 1.5rem}")
                .append("th,td{padding:.2rem .7rem;border-bottom:1px solid #ccc;text-align:right}")
                .append("th:first-child,td:first-child{text-align:left}.curves{display:flex;flex-wrap:wrap;gap:1rem}")
                .append("figure{margin:0}svg{max-width:100%;height:auto}</style></head><body>\n")
                .append("<h1>Sekisho back-test</h1>\n<p>")
                .append(escape(source))
                .append("</p>\n<div class=\"curves\">\n");
        curves("All honest logins", scores, null);
        curves("Honest logins with 12 or more earlier ones", scores, Experience.MANY);
        html.append("</div>\n");
        for (Result result : results) {
            table(result);
        }
        return html.append("</body></html>\n").toString();
    }

    private void curves(String title, Scores scores, Experience honest) {
        int whole = SIZE + 2 * MARGIN;
        html.append("<figure><figcaption>").append(title).append("</figcaption>");
        html.append(String.format(
                Locale.ROOT,
                "<svg role=\"img\" aria-label=\"ROC curves: %s\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
                title,
                whole,
                whole,
                whole,
                whole));
        axes();
        int line = 0;
        for (Model model : Model.values()) {
            Roc roc = Roc.of(scores.sorted(model, true, null), scores.sorted(model, false, honest));
            html.append("<polyline fill=\"none\" stroke-width=\"2\" stroke=\"")
                    .append(COLOURS[line])
                    .append("\" stroke-dasharray=\"")
                    .append(DASHES[line])
                    .append("\" points=\"");
            for (int i = 0; i < roc.asked().length; i++) {
                html.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(roc.asked()[i]), y(roc.stopped()[i])));
            }
            html.append("\"/>");
            text(
                    MARGIN + SIZE - 8,
                    MARGIN + SIZE - 34 + 20 * line,
                    "end",
                    COLOURS[line],
                    model.label() + ", area " + Text.number(roc.area()));
            line++;
        }
        html.append("</svg></figure>\n");
    }

    private void axes() {
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double share = tenth / 10.0;
            html.append(String.format(
                    Locale.ROOT,
                    "<path d=\"M%.1f %d V%d M%d %.1f H%d\" stroke=\"#ddd\"/>",
                    x(share),
                    MARGIN,
                    MARGIN + SIZE,
                    MARGIN,
                    y(share),
                    MARGIN + SIZE));
            text(x(share), MARGIN + SIZE + 16, "middle", "#1a1a1a", tenth * 10 + " %");
            text(MARGIN - 6, y(share) + 4, "end", "#1a1a1a", tenth * 10 + " %");
        }
        text(MARGIN + SIZE / 2.0, MARGIN + SIZE + 36, "middle", "#1a1a1a", "honest logins asked");
        text(MARGIN, MARGIN - 14, "start", "#1a1a1a", "attacks stopped");
    }

    private void text(double x, double y, String anchor, String colour, String text) {
        html.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" font-size=\"12\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x,
                y,
                anchor,
                colour,
                escape(text)));
    }

    private void table(Result result) {
        html.append("<h2>")
                .append(escape(result.model().label() + ": " + result.criterion()))
                .append("</h2>\n<p>threshold ")
                .append(Text.number(result.threshold()))
                .append("</p>\n<table><thead><tr><th>earlier logins</th><th>attacks</th><th>stopped</th><th></th>")
                .append("<th>honest</th><th>asked</th><th></th></tr></thead><tbody>\n");
        for (Group group : result.groups()) {
            html.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s</td><td>%,d</td><td>%,d</td><td>%s</td><td>%,d</td><td>%,d</td><td>%s</td></tr>%n",
                    group.label(),
                    group.attacks(),
                    group.stopped(),
                    Text.percent(group.stoppedShare()),
                    group.honest(),
                    group.asked(),
                    Text.percent(group.askedShare())));
        }
        html.append("</tbody></table>\n");
    }

    private static double x(double share) {
        return MARGIN + share * SIZE;
    }

    private static double y(double share) {
        return MARGIN + SIZE - share * SIZE;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
