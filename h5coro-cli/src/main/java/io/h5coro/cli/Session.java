// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.model.ElementType;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One run of the dump: options, outputs and what all parts of it share. Confined to one thread. */
final class Session {
    private final DumpOptions options;
    private final Outputs outputs;
    private final Report report;
    private final Style style;
    private final ValueText values = new ValueText();
    private final DataDump dataDump = new DataDump(this);
    private final @Nullable BinaryValues binary;

    Session(DumpOptions options, Outputs outputs, Report report) {
        this.options = options;
        this.outputs = outputs;
        this.report = report;
        this.style = Style.of(
                options.columns(), new Style.Elements(options.escape(), options.letters(), false, options.floats()));
        this.binary = options.binary() == null ? null : new BinaryValues(outputs.data(), options.binary());
    }

    DumpOptions options() {
        return options;
    }

    /** Where everything but values goes. */
    Sink ddl() {
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

    Report report() {
        return report;
    }

    Style style() {
        return style;
    }

    ValueText values() {
        return values;
    }

    DataDump dataDump() {
        return dataDump;
    }

    /** Where elements go instead when bytes were asked for: the values of attributes too, as in h5dump. */
    Optional<Elements> binary() {
        return Optional.ofNullable(binary);
    }

    /** Writes the lines of a datatype, or the name of the committed datatype that it is. */
    void datatype(OpenedFile file, Flow flow, ElementType type, OptionalLong committed) {
        ByteText text = new ByteText().add("DATATYPE  ");
        flow.startLine = true;
        if (committed.isPresent()) {
            committedName(file, committed.getAsLong(), text);
        } else {
            TypeText.add(ddl(), style, flow, text, type);
        }
        flow.put(ddl(), style, text, 0, 0);
    }

    private void committedName(OpenedFile file, long address, ByteText text) {
        Objects.Entry entry = file.objects().type(address);
        if (entry == null) {
            report.error(ExitCode.OTHER, "unknown committed type at address " + address);
        } else {
            text.add('"')
                    .add(entry.named ? ddl().oneLine(entry.path) : "/#" + address)
                    .add('"');
        }
    }
}
