// SPDX-License-Identifier: Apache-2.0
package io.h5coro.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.model.ReadStatistics;
import io.h5coro.spark.file.Lease;
import io.h5coro.spark.file.OpenFiles;
import io.h5coro.spark.option.SourceOptions.Opening;
import io.h5coro.spark.option.SourceOptions.Terms;
import io.h5coro.spark.option.StorageSettings;
import io.h5coro.spark.plan.FilePartition;
import io.h5coro.spark.plan.ReaderFactory;
import io.h5coro.spark.read.Piece;
import io.h5coro.spark.read.ReadTask;
import io.h5coro.storage.FaultyHttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an executor of its own process asks for: tasks go through a stream of bytes, and files are opened anew. */
final class ShippedPlanTest {
    private static final int ROWS = 500_000;

    /** Another bound of memory means another pool of open files, as another process has. */
    private static long pools = 1L << 28;

    private FaultyHttpServer server;
    private String location;

    @BeforeEach
    void serves() throws IOException {
        TestSpark.session();
        server = FaultyHttpServer.start();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(TestSpark.RESOURCES.resolve("late.h5.gz")))) {
            server.put("/late.h5", in.readAllBytes());
        }
        server.put("/other.h5", Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_000.h5")));
        location = server.uri("/late.h5").toString();
    }

    @AfterEach
    void stops() throws IOException {
        server.close();
    }

    private Batch query(int limit) {
        H5CoroSource source = new H5CoroSource();
        var options = new CaseInsensitiveStringMap(Map.of("path", location, "group", "t"));
        var columns = source.inferSchema(options);
        var table = (RowsTable) source.getTable(columns, new Transform[0], options.asCaseSensitiveMap());
        var builder = table.newScanBuilder(options);
        if (limit != ReadTask.NO_LIMIT) {
            assertTrue(((SupportsPushDownLimit) builder).pushLimit(limit));
        }
        return builder.build().toBatch();
    }

    /** Tasks and their reader as they arrive at an executor. */
    private record Executor(ReaderFactory factory, List<FilePartition> partitions, int bytes) {
        static Executor of(Batch query) throws Exception {
            ReadTask task = ((ReaderFactory) query.createReaderFactory()).task();
            Terms own = new Terms(false, true, new Opening(new StorageSettings(Map.of()), pools++));
            ReadTask there = new ReadTask(
                    task.output(), task.tested(), task.conditions(), task.anchor(), task.range(), task.limit(), own);
            InputPartition[] planned = query.planInputPartitions();
            byte[] sent = bytes(new Object[] {new ReaderFactory(there), planned});
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent))) {
                Object[] came = (Object[]) in.readObject();
                List<FilePartition> tasks = java.util.Arrays.stream((InputPartition[]) came[1])
                        .map(FilePartition.class::cast)
                        .toList();
                return new Executor((ReaderFactory) came[0], tasks, sent.length);
            }
        }

        private static byte[] bytes(Object sent) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(sent);
            }
            return bytes.toByteArray();
        }

        long rows() throws IOException {
            long rows = 0;
            for (FilePartition partition : partitions) {
                try (PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partition)) {
                    while (reader.next()) {
                        rows += reader.get().numRows();
                    }
                }
            }
            return rows;
        }

        ReadStatistics statistics() {
            Piece first = partitions.get(0).pieces().get(0);
            try (Lease lease = OpenFiles.of(factory.task().terms().opening()).open(first.file())) {
                return lease.file().statistics();
            }
        }
    }

    @Test
    void executorsAskForNoMetadataOfTheFileThatTheDriverHasOpened() throws Exception {
        Executor executor = Executor.of(query(ReadTask.NO_LIMIT));
        assertTrue(executor.bytes() > 2_000 && executor.bytes() < 200_000, executor.bytes() + " bytes");
        server.clearLog();
        assertEquals(ROWS, executor.rows());
        ReadStatistics told = executor.statistics();
        assertEquals(0, told.metadataRequests(), told::toString);
        assertTrue(told.requests() >= 1 && told.requests() == server.requests(), told::toString);
    }

    @Test
    void aLimitTakesOneRequestOfTheExecutor() throws Exception {
        Executor executor = Executor.of(query(3));
        server.clearLog();
        assertEquals(3, executor.rows());
        assertEquals(0, executor.statistics().metadataRequests());
        assertTrue(server.requests() >= 1 && server.requests() <= 2, server.log()::toString);
    }

    @Test
    void aFileThatWasReplacedAfterThePlanEndsTheQuery() throws Exception {
        Executor executor = Executor.of(query(ReadTask.NO_LIMIT));
        server.put("/late.h5", Files.readAllBytes(TestSpark.RESOURCES.resolve("granules/ATL03_000.h5")));
        Exception changed = org.junit.jupiter.api.Assertions.assertThrows(Exception.class, executor::rows);
        assertTrue(String.valueOf(changed.getMessage()).contains(location), changed.toString());
    }
}
