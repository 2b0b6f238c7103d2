// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is known of the families of files that are read together, as long as they are. Thread-safe. */
public final class FamilyMemory implements FamilyStore {
    /** Files that are read together are of few products. Sixteen records take 2 MB at most. */
    private static final int MOST_FAMILIES = 16;

    @GuardedBy("this")
    private final Map<String, FamilyRecord> families = new LinkedHashMap<>(MOST_FAMILIES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FamilyRecord> eldest) {
            return size() > MOST_FAMILIES;
        }
    };

    /** Nothing known yet. */
    public FamilyMemory() {}

    @Override
    public synchronized Optional<FamilyRecord> family(String name) {
        return Optional.ofNullable(families.get(name));
    }

    @Override
    public synchronized void update(String name, UnaryOperator<FamilyRecord> change) {
        FamilyRecord known = families.get(name);
        families.put(name, change.apply(known == null ? FamilyRecord.empty() : known));
    }
}
