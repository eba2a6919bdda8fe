package jp.sekisho.themes;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The message bundles on the class path, read as Keycloak reads them. */
final class Words {
    private Words() {}

    /** Our own words of a language. */
    static Properties ours(String language) {
        return read("theme-resources/messages/messages_" + language + ".properties");
    }

    /** What a page of the given theme sees: ours, under the stock ones, under the theme's. */
    static Properties all(String theme, String language) {
        Properties all = ours(language);
        for (String layer : Pages.chain(theme).reversedLayers()) {
            String path = layer + "/messages/messages_" + language + ".properties";
            if (Words.class.getClassLoader().getResource(path) != null) {
                all.putAll(read(path));
            }
        }
        return all;
    }

    static Properties read(String path) {
        try (InputStream in = Words.class.getClassLoader().getResourceAsStream(path);
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            Properties properties = new Properties();
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
