package org.badak.cli;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/// What `badak --version` prints: the version that the build wrote into the module, and the JVM that runs it.
final class Version implements IVersionProvider {
    /// Made by picocli.
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {
            "badak " + number(), "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
        };
    }

    /// The version of this module, or a word that says why there is none: on the class path nothing records it.
    static String number() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("(version unknown on the class path)");
    }
}
