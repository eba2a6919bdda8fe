package jp.sekisho.authenticators.page;

import java.util.Map;
import java.util.Properties;

/** Messages, and behind them the attributes that a page had so far; the many messages are not copied. */
@SuppressWarnings("serial")
final class MessagesAndAttributes extends Properties {

    private final Properties messages;

    MessagesAndAttributes(Properties messages, Map<String, Object> attributes) {
        putAll(attributes);
        this.messages = messages;
    }

    @Override
    public String getProperty(String key) {
        String message = messages.getProperty(key);
        return message == null ? super.getProperty(key) : message;
    }

    @Override
    public Object getOrDefault(Object key, Object fallback) {
        Object message = messages.get(key);
        return message == null ? super.getOrDefault(key, fallback) : message;
    }
}
