// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark.metric;

import io.h5coro.spark.file.Costs;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/** What Spark's UI shows of a scan, summed over its tasks. Spark makes the metrics by their classes' names. */
public final class ReadMetrics {
    private static final String REQUESTS = "h5coroRequests";
    private static final String FETCHED = "h5coroBytesFetched";
    private static final String WANTED = "h5coroBytesWanted";
    private static final String CHUNKS = "h5coroChunks";
    private static final String RETRIES = "h5coroRetries";
    private static final String HEDGES = "h5coroHedges";
    private static final String SKIPPED = "h5coroFilesSkipped";

    private ReadMetrics() {}

    /** Returns all metrics. */
    public static CustomMetric[] all() {
        return new CustomMetric[] {
            new Requests(),
            new BytesFetched(),
            new BytesWanted(),
            new Chunks(),
            new Retries(),
            new Hedges(),
            new FilesSkipped()
        };
    }

    /** Returns the values of a task. */
    public static CustomTaskMetric[] values(Costs costs, int skippedFiles) {
        return new CustomTaskMetric[] {
            new Value(REQUESTS, costs.requests()),
            new Value(FETCHED, costs.bytesFetched()),
            new Value(WANTED, costs.bytesWanted()),
            new Value(CHUNKS, costs.chunks()),
            new Value(RETRIES, costs.retries()),
            new Value(HEDGES, costs.hedges()),
            new Value(SKIPPED, skippedFiles)
        };
    }

    private record Value(String name, long value) implements CustomTaskMetric {}

    /** A sum with a name and a description. */
    private abstract static class Sum extends CustomSumMetric {
        private final String name;
        private final String description;

        Sum(String name, String description) {
            this.name = name;
            this.description = description;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String description() {
            return description;
        }
    }

    /** Range requests sent. */
    public static final class Requests extends Sum {
        /** Made by Spark. */
        public Requests() {
            super(REQUESTS, "range requests");
        }
    }

    /** Bytes that came with requests. */
    public static final class BytesFetched extends Sum {
        /** Made by Spark. */
        public BytesFetched() {
            super(FETCHED, "bytes fetched");
        }
    }

    /** Stored bytes of the values that were asked for. */
    public static final class BytesWanted extends Sum {
        /** Made by Spark. */
        public BytesWanted() {
            super(WANTED, "stored bytes wanted");
        }
    }

    /** Chunks decoded. */
    public static final class Chunks extends Sum {
        /** Made by Spark. */
        public Chunks() {
            super(CHUNKS, "chunks decoded");
        }
    }

    /** Requests that followed one that had failed. */
    public static final class Retries extends Sum {
        /** Made by Spark. */
        public Retries() {
            super(RETRIES, "requests sent again because the first had failed");
        }
    }

    /** Second requests for late ones. */
    public static final class Hedges extends Sum {
        /** Made by Spark. */
        public Hedges() {
            super(HEDGES, "requests sent again because the first was late");
        }
    }

    /** Files of which rows are left out. */
    public static final class FilesSkipped extends Sum {
        /** Made by Spark. */
        public FilesSkipped() {
            super(SKIPPED, "files of which rows are left out");
        }
    }
}
