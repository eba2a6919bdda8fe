package jp.sekisho.tradingapp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The trading app of a fictitious firm. It knows its identity provider by OpenID Connect alone. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TradingApp {

    public static void main(String[] arguments) {
        SpringApplication.run(TradingApp.class, arguments);
    }
}
