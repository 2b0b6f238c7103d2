// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Providers are declared twice, for the class path and for the module path; here all modules are at hand. */
final class ProvidersTest {
    private static final List<String> SERVICES =
            List.of("io.h5coro.storage.StorageProvider", "io.h5coro.filter.ChunkFilter");

    @Test
    void servicesOfTheClassPathAreThoseOfTheModulePath() throws IOException {
        List<String> modules = new ArrayList<>();
        int providers = 0;
        for (URL url : Collections.list(getClass().getClassLoader().getResources("module-info.class"))) {
            ModuleDescriptor module = read(url);
            if (!module.name().startsWith("io.h5coro.")) {
                continue;
            }
            modules.add(module.name());
            for (String service : SERVICES) {
                Set<String> ofModule = module.provides().stream()
                        .filter(provides -> provides.service().equals(service))
                        .flatMap(provides -> provides.providers().stream())
                        .collect(Collectors.toSet());
                assertEquals(ofModule, ofClassPath(url, service), service + " in " + module.name());
                providers += ofModule.size();
            }
        }
        assertTrue(modules.containsAll(List.of("io.h5coro.core", "io.h5coro.s3", "io.h5coro.cli")), modules.toString());
        assertTrue(providers > 0, "no provider found at all");
    }

    private static ModuleDescriptor read(URL moduleInfo) throws IOException {
        try (InputStream in = moduleInfo.openStream()) {
            return ModuleDescriptor.read(in);
        }
    }

    /** The providers in the services file beside the given module descriptor. */
    private static Set<String> ofClassPath(URL moduleInfo, String service) throws IOException {
        String root = moduleInfo.toString().substring(0, moduleInfo.toString().length() - "module-info.class".length());
        Set<String> providers = new HashSet<>();
        try (InputStream in =
                URI.create(root + "META-INF/services/" + service).toURL().openStream()) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    providers.add(name);
                }
            }
        } catch (FileNotFoundException e) {
            return Set.of();
        }
        return providers;
    }
}
