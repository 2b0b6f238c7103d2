// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.H5Coro;
import io.h5coro.cli.file.FilesAhead;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.BinaryValues;
import io.h5coro.cli.text.ByteText;
import io.h5coro.cli.text.Elements;
import io.h5coro.cli.text.PackedBits;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.Style;
import io.h5coro.cli.text.TypeText;
import io.h5coro.cli.text.ValueText;
import io.h5coro.model.ElementType;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run of the dump: options, outputs and what all parts of it share. Confined to one thread. */
public final class Session {
    /**
     * Where a dump goes.
     *
     * @param ddl everything but values
     * @param data values of datasets
     * @param attributes values of attributes
     */
    public record Outputs(Sink ddl, Sink data, Sink attributes) {
        public void flush() {
            ddl.flush();
            data.flush();
            attributes.flush();
        }
    }

    private final DumpOptions options;
    private final Outputs outputs;
    private final Report report;
    private final FilesAhead files;
    private final Style style;
    private @Nullable PackedBits packed;
    private final DataDump dataDump = new DataDump(this);
    private final @Nullable BinaryValues binary;

    /**
     * A run over some files.
     *
     * @param files opens them
     */
    public Session(DumpOptions options, Outputs outputs, Report report, FilesAhead files) {
        this.options = options;
        this.outputs = outputs;
        this.report = report;
        this.files = files;
        this.style = options.look().style();
        BinaryValues.Form form = options.look().output().binary();
        this.binary = form == null ? null : new BinaryValues(outputs.data(), form);
    }

    public DumpOptions options() {
        return options;
    }

    /** Opens one of the files. */
    H5Coro open(String location) {
        return files.open(location);
    }

    boolean wants(DumpOptions.Part part) {
        return options.wanted().parts().contains(part);
    }

    public SortOrder order() {
        return options.look().order();
    }

    /** Where everything but values goes. */
    public Sink ddl() {
        return outputs.ddl();
    }

    /** Where the values of datasets go. */
    Sink data() {
        return outputs.data();
    }

    /** Where the values of attributes go. */
    Sink attributeSink() {
        return outputs.attributes();
    }

    public Report report() {
        return report;
    }

    Style style() {
        return style;
    }

    /** A page of everything but values. */
    Page page(int columns) {
        return new Page(ddl(), style, columns);
    }

    /** Says which bits of whole numbers are written; null for all. */
    void packed(@Nullable PackedBits bits) {
        packed = bits;
    }

    /** What writes single elements of a file on a page. */
    ValueText values(Page page, OpenedFile file) {
        return new ValueText(page, file.names(), packed);
    }

    DataDump dataDump() {
        return dataDump;
    }

    /** Where elements go instead when bytes were asked for: the values of attributes too, as in h5dump. */
    Optional<Elements> binary() {
        return Optional.ofNullable(binary);
    }

    /** Writes the lines of a datatype, or the name of the committed datatype that it is. */
    void datatype(OpenedFile file, Page page, ElementType type, OptionalLong committed) {
        ByteText text = new ByteText().add("DATATYPE  ");
        page.newLine();
        if (committed.isPresent()) {
            committedName(file, committed.getAsLong(), text);
        } else {
            TypeText.add(page, text, type);
        }
        page.put(text);
    }

    private void committedName(OpenedFile file, long address, ByteText text) {
        FileObjects.Entry entry = file.objects().type(address);
        if (entry == null) {
            report.error(ExitCode.OTHER, "unknown committed type at address " + address);
        } else {
            text.add('"')
                    .add(entry.named ? ddl().oneLine(entry.path) : "/#" + address)
                    .add('"');
        }
    }
}
