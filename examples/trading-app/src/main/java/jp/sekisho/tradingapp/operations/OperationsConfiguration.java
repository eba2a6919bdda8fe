package jp.sekisho.tradingapp.operations;

import jp.sekisho.client.AccessTokens;
import jp.sekisho.client.SekishoClient;
import jp.sekisho.tradingapp.login.LoginProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration
@EnableScheduling
class OperationsConfiguration {

    @Bean
    SekishoClient sekisho(LoginProperties properties, AccessTokens account) {
        return new SekishoClient(properties.issuer(), properties.backendId(), account);
    }
}
