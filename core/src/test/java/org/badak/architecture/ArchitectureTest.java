package org.badak.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the walls of the house: which package of core may use which, and who may use the incubator module.
///
/// A package that is not on the list fails the test: give it its place in the order first, then write it.
class ArchitectureTest {
    /// The packages of core, lowest first; each may use those before it and none after it.
    private static final List<String> LOWEST_FIRST = List.of(
            "matrix",
            "kernel",
            "layer",
            "loss",
            "optimizer",
            "data",
            "augment",
            "model",
            "gradient",
            "train",
            "tune",
            "catalog",
            "chapter");

    /// Packages that anything may use and that use no other package of Badak.
    private static final List<String> ALONE = List.of("expression", "metric");

    private static final JavaClasses CORE = new ClassFileImporter().importPath(Path.of("target", "classes"));

    static List<String> packagesLowestFirst() {
        return LOWEST_FIRST;
    }

    static List<String> packagesAlone() {
        return ALONE;
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : CORE) {
            String name = type.getPackageName();
            if (!name.isEmpty()) { // module-info is in no package
                found.add(name.substring("org.badak.".length()).split("\\.", 2)[0]);
            }
        }
        List<String> known = new ArrayList<>(LOWEST_FIRST);
        known.addAll(ALONE);

        assertThat(found).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("packagesLowestFirst")
    void packageUsesOnlyLowerOnes(String name) {
        String[] higher = LOWEST_FIRST.stream()
                .skip(LOWEST_FIRST.indexOf(name) + 1L)
                .map(ArchitectureTest::pattern)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(pattern(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(higher)
                .allowEmptyShould(true)
                .check(CORE);
    }

    @ParameterizedTest
    @MethodSource("packagesAlone")
    void packageStandsAlone(String name) {
        classes()
                .that()
                .resideInAPackage(pattern(name))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(pattern(name), "java..", "org.jspecify..")
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("org.badak.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void coreUsesTheJdkOnly() {
        classes()
                .that()
                .resideInAPackage("org.badak..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.badak..", "java..", "org.jspecify..")
                .check(CORE);
    }

    @Test
    void onlySimdNamesTheIncubatorModule() throws IOException {
        assertThat(naming("jdk\\.incubator\\.vector", "simd"))
                .as("sources outside simd that use the incubator module")
                .isEmpty();
    }

    /// One place decides who may come in.
    @Test
    void onlyServerListens() throws IOException {
        assertThat(naming("(com\\.sun\\.net\\.httpserver|jdk\\.httpserver|java\\.net\\.ServerSocket)", "server"))
                .as("sources outside server that use the JDK's HTTP server")
                .isEmpty();
    }

    /// Main sources that import or require a module, outside the one project that may.
    private static List<Path> naming(String module, String allowed) throws IOException {
        Path house = Path.of("").toAbsolutePath().resolveSibling(".").normalize();
        List<Path> guilty = new ArrayList<>();
        int read = 0;
        for (Path source : mainSources(house)) {
            read++;
            boolean names = Files.readAllLines(source).stream()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("//"))
                    .anyMatch(line -> line.matches("(import|requires) .*" + module + ".*"));
            if (names && !house.relativize(source).startsWith(allowed)) {
                guilty.add(source);
            }
        }
        assertThat(read).as("sources read under %s", house).isGreaterThan(CORE.size() / 10);
        return guilty;
    }

    private static String pattern(String name) {
        return "org.badak." + name + "..";
    }

    private static List<Path> mainSources(Path house) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(house)) {
            for (Path module : modules.toList()) {
                Path main = module.resolve(Path.of("src", "main", "java"));
                if (Files.isDirectory(main)) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}
