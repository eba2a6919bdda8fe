package jp.sekisho.integrationtests.doors;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The methods that a stock distribution answers requests with, from its class files: {@code class#method}. */
public final class ServerEndpoints {

    private static final String OWN = "org.keycloak.";
    private static final String JAX_RS = "jakarta.ws.rs.";
    private static final String CLASS = ".class";
    private static final Set<String> ANSWERS =
            Set.of("Path", "GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

    private ServerEndpoints() {}

    /** @param directory for the class files that are looked at */
    public static Set<String> of(Path distribution, Path directory) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(distribution))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName();
                if (name.contains("/lib/lib/main/" + OWN) && name.endsWith(".jar")) {
                    unpack(zip.readAllBytes(), directory);
                }
            }
        }
        ArchConfiguration configuration = ArchConfiguration.get();
        configuration.setResolveMissingDependenciesFromClassPath(false);
        try {
            return new ClassFileImporter()
                    .importPath(directory).stream()
                            .flatMap(resource -> resource.getMethods().stream())
                            .filter(ServerEndpoints::answers)
                            .map(method -> method.getOwner().getName().substring(OWN.length()) + "#" + method.getName())
                            .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            configuration.setResolveMissingDependenciesFromClassPath(true);
        }
    }

    private static boolean answers(JavaMethod method) {
        return method.getAnnotations().stream()
                .map(JavaAnnotation::getRawType)
                .anyMatch(type ->
                        type.getPackageName().equals("jakarta.ws.rs") && ANSWERS.contains(type.getSimpleName()));
    }

    private static void unpack(byte[] jar, Path directory) throws IOException {
        try (InputStream bytes = new ByteArrayInputStream(jar);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = entry.getName().endsWith(CLASS) ? zip.readAllBytes() : new byte[0];
                boolean rest = new String(content, StandardCharsets.ISO_8859_1).contains(JAX_RS.replace('.', '/'));
                Path file = directory.resolve(entry.getName()).normalize();
                if (rest && file.startsWith(directory)) {
                    Files.createDirectories(file.getParent());
                    Files.write(file, content);
                }
            }
        }
    }
}
