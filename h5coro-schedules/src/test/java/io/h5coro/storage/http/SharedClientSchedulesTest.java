// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static io.h5coro.schedules.Schedules.check;
import static io.h5coro.schedules.Schedules.explore;
import static io.h5coro.schedules.Schedules.together;

import io.h5coro.schedules.UntimedMachine;
import io.h5coro.storage.object.ProxySettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The client of all readers: one while it is used, made once, and none is given up that somebody uses. */
final class SharedClientSchedulesTest {
    private static final ProxySettings PROXIES = ProxySettings.ofProcess();

    private static SharedClient client(UntimedMachine machine, AtomicInteger made) {
        Function<HttpClient.Builder, HttpClient> making = builder -> {
            made.incrementAndGet();
            return new UnusedClient();
        };
        SharedClient.Ground ground = new SharedClient.Ground(machine, making, 0);
        return new SharedClient(new SharedClient.Settings(Duration.ofSeconds(1), null, false, PROXIES, ground));
    }

    /** Uses it twice at once, as two readers do. */
    private static void use(SharedClient client) {
        SharedClient.Live first = client.acquire();
        SharedClient.Live second = client.acquire();
        check(first == second, "given up while it is used");
        client.release();
        client.release();
    }

    @Test
    void oneIsMadeForAllWhoWantItAtOnce() {
        explore(() -> {
            AtomicInteger made = new AtomicInteger();
            SharedClient client = client(new UntimedMachine(), made);
            together(() -> use(client), () -> use(client));
            check(made.get() == 1, made.get() + " were made");
        });
    }

    @Test
    void aFarewellGivesUpNoneThatIsUsed() {
        explore(() -> {
            UntimedMachine machine = new UntimedMachine();
            AtomicInteger made = new AtomicInteger();
            SharedClient client = client(machine, made);
            use(client);
            SharedClient.Live[] used = new SharedClient.Live[1];
            together(() -> used[0] = client.acquire(), machine::ring);
            check(client.acquire() == used[0], "given up while it is used");
            client.release();
            client.release();
            check(made.get() <= 2, made.get() + " were made");
            machine.ring();
            use(client);
            check(made.get() >= 2, "an idle one stays for ever");
        });
    }
}
