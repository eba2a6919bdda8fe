package jp.sekisho.stack.keycloak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.sekisho.stack.io.Trees;

/**
 * A distribution after {@code kc.sh build}. It is only read from now on: each server gets a home of its own that links to it.
 *
 * @param root where it was unpacked
 * @param options what it was built with
 */
public record BuiltDistribution(Path root, BuildOptions options) {

    /**
     * Prepares a server's home: scripts and configuration copied, libraries and jars linked, data its own. What the home has in its
     * database stays; caches of theme resources go, because they outlive a changed jar.
     */
    void prepareHome(Path home) throws IOException {
        Files.createDirectories(home.resolve("data"));
        Trees.delete(home.resolve("data/tmp"));
        Trees.delete(home.resolve("data/import"));
        Trees.copy(root.resolve("bin"), home.resolve("bin"));
        Trees.copy(root.resolve("conf"), home.resolve("conf"));
        for (String shared : new String[] {"lib", "providers", "themes"}) {
            Path link = home.resolve(shared);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, root.resolve(shared).toAbsolutePath());
        }
    }
}
