// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.file.Location;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.model.SeriesPlan;
import java.util.Locale;

/**
 * The plans of several files in words, with their sum at the end.
 *
 * @param plan what reading them would do
 */
record PlanSumText(SeriesPlan plan) {
    String forPeople() {
        StringBuilder text = new StringBuilder();
        for (SeriesPlan.FilePlan file : plan.files()) {
            file.plan()
                    .ifPresent(read -> text.append(shown(file))
                            .append(":\n")
                            .append(new PlanText(read, file.opened(), read.storage()).forPeople())
                            .append('\n'));
        }
        for (SeriesPlan.FilePlan file : plan.files()) {
            text.append("file      ").append(shown(file)).append(": ");
            text.append(file.failure().isPresent() ? "failed" : line(file)).append('\n');
        }
        return text.append(sum()).toString();
    }

    private static String shown(SeriesPlan.FilePlan file) {
        return VisibleText.of(Location.shown(file.location()));
    }

    private static String line(SeriesPlan.FilePlan file) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s, %.3f s",
                PlanText.count(file.requests(), "request"),
                PlanText.bytes(file.bytesFetched()),
                PlanText.waves(file.waves()),
                PlanText.seconds(file.time()));
    }

    private String sum() {
        int failed = plan.failures().size();
        return String.format(
                Locale.ROOT,
                "sum       %s, %s for %s wanted%s%n          %s%s, one after the other: %s, %.3f s%n",
                PlanText.count(plan.requests(), "request"),
                PlanText.bytes(plan.bytesFetched()),
                PlanText.bytes(plan.bytesWanted()),
                plan.bytesCached() > 0 ? ", " + PlanText.bytes(plan.bytesCached()) + " here already" : "",
                PlanText.count(plan.files().size(), "file"),
                failed == 0 ? "" : " (" + failed + " failed)",
                PlanText.waves(plan.waves()),
                PlanText.seconds(plan.time()));
    }
}
