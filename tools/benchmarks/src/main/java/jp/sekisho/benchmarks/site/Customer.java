package jp.sekisho.benchmarks.site;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A customer and his browser.
 *
 * @param address where he comes from
 * @param userAgent what his browser says of itself
 * @param cookies what it keeps from login to login: the device token
 */
public record Customer(String name, String address, String userAgent, Map<String, String> cookies) {

    public Customer(String name, String address, String userAgent) {
        this(name, address, userAgent, new ConcurrentHashMap<>());
    }
}
