// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.cli.file.Location;
import io.h5coro.cli.json.Json;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.text.Sink;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.SeriesPlan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Plans as JSON, one document on a line for each. Numbers are in bytes and seconds; a range is [offset, length]. */
final class PlanJson {
    private PlanJson() {}

    /** Writes the plan of one file. */
    static void write(Sink out, PlanText plan) {
        Json json = Json.to(out).object();
        fields(json, plan);
        json.end().line();
    }

    /** Writes a line for each of several files, in their order, and one with the sum. */
    static void write(Sink out, SeriesPlan plan) {
        for (SeriesPlan.FilePlan file : plan.files()) {
            String shown = Location.shown(file.location());
            file.plan().ifPresent(read -> {
                Json json = Json.to(out).object();
                fields(json, new PlanText(read, file.opened(), read.storage()));
                json.field("file", shown).end().line();
            });
            file.failure().ifPresent(problem -> {
                Json json = Json.to(out).object();
                problem(json, problem);
                json.field("file", shown).end().line();
            });
        }
        sum(Json.to(out).object().object("sum"), plan);
    }

    private static void sum(Json json, SeriesPlan plan) {
        json.field("files", plan.files().size())
                .field("failed", plan.failures().size())
                .field("requests", plan.requests())
                .field("bytesFetched", plan.bytesFetched())
                .field("bytesWanted", plan.bytesWanted())
                .field("bytesCached", plan.bytesCached())
                .field("waves", plan.waves())
                .field("seconds", rounded(PlanText.seconds(plan.time()), 6));
        json.end().end().line();
    }

    private static void fields(Json json, PlanText text) {
        ReadPlan plan = text.plan();
        json.array("datasets");
        for (ReadPlan.Planned dataset : plan.datasets()) {
            json.object()
                    .field("name", dataset.name())
                    .field("shape", dataset.shape().dimensions())
                    .field("chunks", dataset.chunks())
                    .field("ranges", dataset.ranges())
                    .field("bytesWanted", dataset.bytesWanted())
                    .field("bytesDecoded", dataset.bytesDecoded())
                    .end();
        }
        json.end().array("failures");
        for (ReadPlan.Failed failed : plan.failures()) {
            json.object().field("name", failed.name());
            problem(json, failed.failure());
            json.end();
        }
        json.end();
        ranges(json, plan.requests());
        json.array("sources");
        for (ReadPlan.Source source : plan.sources()) {
            json.object().field("source", source.source());
            ranges(json, source.requests());
            json.end();
        }
        json.end()
                .field("bytesWanted", plan.bytesWanted())
                .field("bytesFetched", plan.bytesFetched())
                .field("bytesCached", plan.bytesCached())
                .field("overRead", rounded(plan.overRead(), 4));
        metadata(json.object("open"), text.opened());
        metadata(json.object("metadata"), plan.metadata());
        json.field("seconds", rounded(PlanText.seconds(text.total()), 6)).field("unpinned", plan.unpinned());
    }

    private static void problem(Json json, Throwable problem) {
        json.field("error", problem.getClass().getSimpleName()).field("message", JsonFiles.message(problem));
    }

    private static void ranges(Json json, List<ReadPlan.Range> ranges) {
        json.array("requests");
        ranges.forEach(range ->
                json.array().value(range.offset()).value(range.length()).end());
        json.end();
    }

    private static void metadata(Json json, ReadPlan.Metadata cost) {
        json.field("requests", cost.requests())
                .field("bytes", cost.bytes())
                .field("waves", cost.waves())
                .end();
    }

    private static BigDecimal rounded(double number, int digits) {
        return new BigDecimal(number).setScale(digits, RoundingMode.HALF_UP);
    }
}
