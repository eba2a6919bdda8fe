package jp.sekisho.stack.proxy;

import static jp.sekisho.stack.web.Page.escape;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.form.EagerFormParsingHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.InetAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.stack.web.Page;

/** Shows and sets where this browser comes from. */
final class FromPage implements HttpHandler {

    private final Origin fallback;
    private final HttpHandler set = new EagerFormParsingHandler(this::set);

    FromPage(Origin fallback) {
        this.fallback = fallback;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRequestMethod().equals(Methods.POST)) {
            set.handleRequest(exchange);
        } else {
            show(exchange, StatusCodes.OK, "");
        }
    }

    private void set(HttpServerExchange exchange) {
        String entered = Optional.ofNullable(exchange.getAttachment(FormDataParser.FORM_DATA))
                .map(form -> form.getFirst("address"))
                .map(FormData.FormValue::getValue)
                .orElse("");
        Optional<InetAddress> address = ForwardingProxy.address(entered);
        if (address.isEmpty()) {
            show(exchange, StatusCodes.BAD_REQUEST, """
                    <p class="note bad" role="alert">「%1$s」は IP アドレスではありません。<br><small>“%1$s” is not an IP address.</small></p>
                    """.formatted(escape(entered)));
            return;
        }
        exchange.setResponseCookie(ForwardingProxy.choice(address.get()));
        exchange.setStatusCode(StatusCodes.SEE_OTHER);
        exchange.getResponseHeaders().put(Headers.LOCATION, ForwardingProxy.FROM);
        exchange.endExchange();
    }

    private void show(HttpServerExchange exchange, int status, String message) {
        String current = ForwardingProxy.chosen(exchange)
                .map(InetAddress::getHostAddress)
                .orElse(fallback.address());
        Page.send(exchange, status, "どこから来ましたか / Where do you come from?", """
                <h1>どこから来ましたか<br><small lang="en">Where do you come from?</small></h1>
                <p class="note">このデモでは、だれもが同じ端末からアクセスします。ここで選んだ場所から、このブラウザがアクセスしたことになります。<br>
                <small lang="en">In this demo everybody is on one machine. This browser counts as coming from the place chosen here.</small></p>
                %s
                <form method="post" action="/from"><ul class="rows">
                %s
                </ul></form>
                <form method="post" action="/from">
                <label for="address">その他の IP アドレス <small lang="en">Another IP address</small></label>
                <div class="own"><input id="address" name="address" value="%s" inputmode="text" autocomplete="off" spellcheck="false" required>
                <button>設定 <span lang="en">Set</span></button></div></form>
                """.formatted(
                        message,
                        Origin.PRESETS.stream()
                                .map(origin -> row(origin, origin.address().equals(current)))
                                .collect(Collectors.joining("\n")),
                        escape(current)));
    }

    private static String row(Origin origin, boolean current) {
        return """
                <li><button class="row" name="address" value="%s" aria-current="%s">%s%s<small><span lang="en">%s</span> · %s</small></button></li>""".formatted(
                        origin.address(),
                        current,
                        current ? "✓ " : "",
                        escape(origin.ja()),
                        escape(origin.en()),
                        origin.address());
    }
}
