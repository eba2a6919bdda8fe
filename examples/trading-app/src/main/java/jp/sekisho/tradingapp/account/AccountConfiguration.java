package jp.sekisho.tradingapp.account;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import jp.sekisho.client.AccessTokens;
import jp.sekisho.client.KeyTokens;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The app's own account at the identity provider, by which it speaks for itself. */
@Configuration
class AccountConfiguration {

    /** Made at each start, and never leaves this process. Several servers of a firm share one, or publish all of theirs. */
    @Bean
    ECKey key() throws JOSEException {
        return new ECKeyGenerator(Curve.P_256)
                .keyIDFromThumbprint(true)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .generate();
    }

    @Bean
    AccessTokens account(LoginProperties properties, ECKey key) {
        return new KeyTokens(properties.issuer(), properties.backendId(), key);
    }
}
