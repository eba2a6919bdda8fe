package jp.sekisho.integrationtests.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import jp.sekisho.stack.io.Zip;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a firm installs. Everything in providers/ shares one flat class loader with the server. */
class DistributionIT {

    @TempDir
    private static Path unpacked;

    @BeforeAll
    static void unpack() throws IOException {
        Zip.unpackBelowTop(Path.of(System.getProperty("sekisho.distribution")), unpacked);
    }

    @Test
    void whatIsInstalledIsOursAndLittleElse() throws IOException {
        Set<String> jars = names(unpacked.resolve("providers"));

        assertThat(jars.stream().filter(name -> name.startsWith("sekisho-"))).hasSize(7);
        assertThat(jars.stream().filter(name -> !name.startsWith("sekisho-")))
                .hasSizeLessThanOrEqualTo(5)
                .noneMatch(name -> name.contains("jackson"));
    }

    @Test
    void theTestsInstallTheSame() throws IOException {
        assertThat(names(Path.of(System.getProperty("sekisho.providers"))))
                .isEqualTo(names(unpacked.resolve("providers")));
    }

    @Test
    void noPackageIsInTwoJars() throws IOException {
        Map<String, Set<String>> jarsByPackage = new TreeMap<>();
        for (Path jar : providers()) {
            for (String name : packages(jar)) {
                jarsByPackage
                        .computeIfAbsent(name, any -> new TreeSet<>())
                        .add(jar.getFileName().toString());
            }
        }

        assertThat(jarsByPackage)
                .isNotEmpty()
                .allSatisfy((name, jars) -> assertThat(jars).as(name).hasSize(1));
    }

    @Test
    void noPackageIsTheServers() throws IOException {
        Set<String> servers = new TreeSet<>();
        try (ZipFile server = new ZipFile(System.getProperty("sekisho.keycloak.zip"))) {
            for (ZipEntry entry : server.stream().toList()) {
                if (entry.getName().contains("/lib/") && entry.getName().endsWith(".jar")) {
                    servers.addAll(packages(server.getInputStream(entry)));
                }
            }
        }
        assertThat(servers).contains("org.keycloak.models", "com.fasterxml.jackson.databind");

        for (Path jar : providers()) {
            assertThat(packages(jar)).as(jar.getFileName().toString()).doesNotContainAnyElementsOf(servers);
        }
    }

    @Test
    void ourJarsSayWhichVersionTheyAre() throws IOException {
        for (Path jar : providers()) {
            if (jar.getFileName().toString().startsWith("sekisho-")) {
                try (JarFile file = new JarFile(jar.toFile())) {
                    String version = file.getManifest().getMainAttributes().getValue("Implementation-Version");
                    assertThat(jar.getFileName().toString()).endsWith(version + ".jar");
                    assertThat(file.getEntry("META-INF/sekisho/jar.properties")).isNotNull();
                }
            }
        }
    }

    @Test
    void theBillOfMaterialsListsAllThatIsInTheZip() throws IOException {
        Path bill = unpacked.resolve("sekisho-sbom.json");
        assumeTrue(Files.exists(bill), "Built offline (mvn -o): the zip has no SBOM");
        String sbom = Files.readString(bill);

        assertThat(sbom).contains("\"CycloneDX\"");
        assertThat(Stream.concat(
                        names(unpacked.resolve("providers")).stream(), names(unpacked.resolve("tools/lib")).stream()))
                .map(DistributionIT::withoutVersion)
                .allSatisfy(name -> assertThat(sbom).contains("\"name\" : \"" + name + "\""));
    }

    @Test
    void theNoticesNameAllThatIsOfOthers() throws IOException {
        String notices =
                Files.readString(unpacked.resolve("THIRD-PARTY-NOTICES")).toLowerCase(Locale.ROOT);

        assertThat(unpacked.resolve("LICENSE")).content().contains("Apache License", "Version 2.0");
        assertThat(Stream.concat(
                        names(unpacked.resolve("providers")).stream(), names(unpacked.resolve("tools/lib")).stream()))
                .filteredOn(jar -> !jar.startsWith("sekisho-"))
                .map(DistributionIT::withoutVersion)
                .allSatisfy(name -> assertThat(notices).contains(name));
    }

    @Test
    void theCommandsRunByThemselves() throws Exception {
        Path command = unpacked.resolve("tools/sekisho");

        assertThat(run(command, "apply", "--help")).contains("sekisho apply", "--dry-run");
        assertThat(run(command, "backtest", "--help")).contains("--stop-rate");
    }

    private String run(Path command, String... arguments) throws Exception {
        Path output = unpacked.resolve("output");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("sh", command.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }

    private static String withoutVersion(String jar) {
        return jar.replaceFirst("-[0-9].*", "");
    }

    private static List<Path> providers() throws IOException {
        try (Stream<Path> jars = Files.list(unpacked.resolve("providers"))) {
            return jars.sorted().toList();
        }
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> packages(Path jar) throws IOException {
        try (InputStream content = Files.newInputStream(jar)) {
            return packages(content);
        }
    }

    private static Set<String> packages(InputStream content) throws IOException {
        try (JarInputStream jar = new JarInputStream(content)) {
            Predicate<String> classFile = name -> name.endsWith(".class") && name.contains("/");
            return Stream.generate(() -> next(jar))
                    .takeWhile(name -> !name.isEmpty())
                    .filter(classFile.and(name -> !name.startsWith("META-INF/")))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static String next(JarInputStream jar) {
        try {
            ZipEntry entry = jar.getNextEntry();
            return entry == null ? "" : entry.getName();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
