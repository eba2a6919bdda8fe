package jp.sekisho.checkpoint;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.Config;

/** Server options given as a map. */
public final class OptionScope extends Config.AbstractScope {

    private final Map<String, String> options;

    public OptionScope(Map<String, String> options) {
        this.options = options;
    }

    @Override
    protected <T> T getValue(String key, Function<String, T> conversion, Class<T> type, T otherwise) {
        String value = options.get(key);
        return value == null ? otherwise : conversion.apply(value);
    }

    @Override
    public String get(String key) {
        return options.get(key);
    }

    @Override
    public Config.Scope scope(String... scope) {
        return this;
    }

    @Override
    @Deprecated
    public Set<String> getPropertyNames() {
        return options.keySet();
    }

    @Override
    public Config.Scope root() {
        return this;
    }
}
