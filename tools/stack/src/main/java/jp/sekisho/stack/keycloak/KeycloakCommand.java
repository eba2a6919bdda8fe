package jp.sekisho.stack.keycloak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A call of {@code kc.sh} on the Java that we run on, untouched by Keycloak settings of the caller's environment. */
final class KeycloakCommand {

    private final List<String> command = new ArrayList<>();

    KeycloakCommand(Path script, String verb) {
        command.add(script.toAbsolutePath().toString());
        command.add(verb);
    }

    KeycloakCommand with(List<String> arguments) {
        command.addAll(arguments);
        return this;
    }

    ProcessBuilder builder() {
        return builder(Map.of());
    }

    ProcessBuilder builder(Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }
}
