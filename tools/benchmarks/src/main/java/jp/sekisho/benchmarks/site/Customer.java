package jp.sekisho.benchmarks.site;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jp.sekisho.stack.passkey.SoftPasskey;

/**
 * A customer and his browser.
 *
 * @param address where he comes from
 * @param userAgent what his browser says of itself
 * @param cookies what it keeps from login to login: the device token
 * @param passkey with which he logs in; empty for who types his password
 */
public record Customer(
        String name, String address, String userAgent, Map<String, String> cookies, Optional<SoftPasskey> passkey) {

    public Customer(String name, String address, String userAgent) {
        this(name, address, userAgent, new ConcurrentHashMap<>(), Optional.empty());
    }

    public Customer with(SoftPasskey own) {
        return new Customer(name, address, userAgent, cookies, Optional.of(own));
    }
}
