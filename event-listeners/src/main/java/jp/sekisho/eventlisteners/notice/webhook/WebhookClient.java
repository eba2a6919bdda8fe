package jp.sekisho.eventlisteners.notice.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.http.HttpEntity;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;

/** Posts over https only, to allowed hosts only, without redirects, in five seconds, and reads little of the answer. */
final class WebhookClient implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 64 * 1024;
    private static final int REVALIDATE_MILLIS = 1000;

    private final Duration longest;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sekisho-webhook-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    /** @param tls the server's trust */
    WebhookClient(AllowedHosts hosts, SSLContext tls, int connections) {
        this(hosts, tls, connections, LONGEST);
    }

    /** @param longest from the call to the end of the answer */
    WebhookClient(AllowedHosts hosts, SSLContext tls, int connections, Duration longest) {
        this.longest = longest;
        var schemes = RegistryBuilder.<ConnectionSocketFactory>create()
                .register("https", new SSLConnectionSocketFactory(tls))
                .build();
        var pool = new PoolingHttpClientConnectionManager(schemes, hosts);
        pool.setMaxTotal(connections);
        pool.setDefaultMaxPerRoute(connections);
        pool.setValidateAfterInactivity(REVALIDATE_MILLIS);
        int millis = (int) longest.toMillis();
        this.client = HttpClients.custom()
                .setConnectionManager(pool)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(millis)
                        .setSocketTimeout(millis)
                        .setConnectionRequestTimeout(millis)
                        .setRedirectsEnabled(false)
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** @return the status of the answer */
    int post(URI url, Map<String, String> headers, String json) throws IOException {
        HttpPost post = new HttpPost(url);
        headers.forEach(post::setHeader);
        post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON.withCharset(StandardCharsets.UTF_8)));
        Future<?> deadline = deadlines.schedule(post::abort, longest.toMillis(), TimeUnit.MILLISECONDS);
        try (CloseableHttpResponse response = client.execute(post)) {
            if (!drained(response.getEntity())) {
                // The connection ends here; to close the stream alone would read all the rest of it.
                post.abort();
            }
            return response.getStatusLine().getStatusCode();
        } finally {
            deadline.cancel(false);
        }
    }

    /** Reads the answer to its end, which gives the connection back; false if it is longer than we read. */
    private static boolean drained(HttpEntity entity) throws IOException {
        if (entity == null) {
            return true;
        }
        InputStream body = entity.getContent();
        return body == null || body.readNBytes(MOST_BYTES).length < MOST_BYTES || body.read() < 0;
    }

    @Override
    public void close() throws IOException {
        deadlines.shutdownNow();
        client.close();
    }
}
