package jp.sekisho.tradingapp.account;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the identity provider looks for the public part of the app's key, whenever a new one signs. */
@RestController
class KeysController {

    private final JWKSet keys;

    KeysController(ECKey key) {
        keys = new JWKSet(key).toPublicJWKSet();
    }

    @GetMapping(path = "/backend-keys", produces = JWKSet.MIME_TYPE)
    String keys() {
        return keys.toString();
    }
}
