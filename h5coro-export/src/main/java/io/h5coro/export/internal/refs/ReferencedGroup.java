// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A group and the variables in it. Immutable.
 *
 * @param path absolute
 * @param attributes as JSON has them
 * @param variables in the order of the file
 */
record ReferencedGroup(String path, Map<String, Object> attributes, List<ReferencedVariable> variables) {
    ReferencedGroup {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        variables = List.copyOf(variables);
    }
}
