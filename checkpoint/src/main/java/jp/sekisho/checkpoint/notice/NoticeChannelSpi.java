package jp.sekisho.checkpoint.notice;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** The SPI through which a firm adds channels. */
public final class NoticeChannelSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "sekisho-notice-channel";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return NoticeChannel.class;
    }

    @Override
    public Class<? extends ProviderFactory<?>> getProviderFactoryClass() {
        return NoticeChannelFactory.class;
    }
}
