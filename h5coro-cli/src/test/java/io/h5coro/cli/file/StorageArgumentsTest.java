// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.report.UsageException;
import io.h5coro.storage.StorageOptions;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of the command line become options of a storage. */
final class StorageArgumentsTest {
    private static StorageOptions taken(String name, @Nullable String value) {
        StorageArguments arguments = new StorageArguments();
        assertTrue(arguments.take(name, value), name);
        return arguments.options();
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, http://localhost:9000, endpoint, http://localhost:9000",
        "region, eu-west-1, region, eu-west-1",
        "profile, work, profile, work",
        "timeout, 2m, total_timeout, 2m",
        "retries, 3, retries, 3",
        "user-agent, mine/1, user_agent, mine/1",
        "anonymous, , anon, true",
        "anonymous, false, anon, false",
        "path-style, , path_style, true",
        "requester-pays, , requester_pays, true",
        "allow-changing, , allow_changing, true",
        "storage, connections=4, connections, 4",
        "storage, profile=a=b, profile, a=b",
        "storage, header.X-Key=, header.X-Key, ''",
        "header, Accept=*/*, header.Accept, */*",
        "header, X-Key = v, header.X-Key, ' v'"
    })
    void eachIsAPropertyOfTheStorage(String name, @Nullable String value, String key, String expected) {
        assertEquals(expected, taken(name, value).property(key).orElseThrow());
    }

    @Test
    void aTokenComesFromTheEnvironment() {
        String variable = System.getenv("PATH");
        assertEquals(
                variable,
                taken("bearer-token-env", "PATH").property("bearer_token").orElseThrow());
        UsageException problem = assertThrows(
                UsageException.class, () -> new StorageArguments().take("bearer-token-env", "eyJhbGciOiJub25lIn0"));
        assertFalse(String.valueOf(problem.getMessage()).contains("eyJ"), problem.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "storage, , option --storage needs an argument",
        "storage, '', option --storage needs an argument",
        "storage, anon, option --storage is KEY=VALUE; a '=' is missing",
        "storage, =x, option --storage is KEY=VALUE; a '=' is missing",
        "header, , option --header needs an argument",
        "header, Accept, option --header is NAME=VALUE; a '=' is missing",
        "header, =x, option --header is NAME=VALUE; a '=' is missing",
        "region, '', option --region needs an argument",
        "bearer-token-env, '', option --bearer-token-env needs an argument"
    })
    void aValueThatIsNoneIsWrongUsage(String name, @Nullable String value, String message) {
        UsageException problem = assertThrows(UsageException.class, () -> new StorageArguments().take(name, value));
        assertEquals(message, problem.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"regoin=x", "SECRET=x", "header=x"})
    void aPropertyThatNoStorageKnowsIsWrongUsage(String property) {
        StorageArguments arguments = new StorageArguments();
        assertTrue(arguments.take("storage", property));
        UsageException problem = assertThrows(UsageException.class, arguments::options);
        assertFalse(String.valueOf(problem.getMessage()).contains("SECRET"), problem.getMessage());
    }

    @Test
    void knowsWhichOptionsHaveAValue() {
        for (String name : StorageArguments.names()) {
            boolean flag = Set.of("anonymous", "path-style", "requester-pays", "allow-changing")
                    .contains(name);
            assertEquals(!flag, StorageArguments.takesValue(name), name);
        }
        assertEquals(14, StorageArguments.names().size());
        assertFalse(new StorageArguments().take("nonsense", "x"));
        assertFalse(StorageArguments.takesValue("nonsense"));
    }

    @Test
    void theLastOfSeveralCountsAndHeadersAreAllSent() {
        StorageArguments arguments = new StorageArguments();
        arguments.take("retries", "1");
        arguments.take("retries", "2");
        arguments.take("header", "A=1");
        arguments.take("header", "B=2");
        StorageOptions options = arguments.options();
        assertEquals("2", options.property("retries").orElseThrow());
        assertEquals("1", options.property("header.A").orElseThrow());
        assertEquals("2", options.property("header.B").orElseThrow());
    }
}
