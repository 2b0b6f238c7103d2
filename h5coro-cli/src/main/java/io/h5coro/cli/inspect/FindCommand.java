// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.CacheMixin;
import io.h5coro.cli.file.EachFile;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.LookAhead;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.PlaceMixin;
import io.h5coro.cli.json.Json;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.Report;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.Where;
import io.h5coro.model.Reference;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code h5coro find}: objects by name, kind, type, shape and attributes. */
@Command(
        name = "find",
        description = "Prints the paths of the objects in a file or group for which all options hold. Of an option that"
                + " is given several times one has to hold, of --attr all.",
        mixinStandardHelpOptions = true)
public final class FindCommand implements Callable<Integer> {
    /** Objects whose attributes are read in one call. */
    private static final int MOST_TOGETHER = 1000;

    /** Larger attributes are not compared: nobody types that much. */
    private static final long MOST_BYTES = 64 << 10;

    @Mixin
    private PlaceMixin place = new PlaceMixin();

    @Mixin
    private CacheMixin cache = new CacheMixin();

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", description = "The group to look in.")
    private @Nullable String path;

    @Option(names = "--name", paramLabel = "GLOB", description = "What the name is like. " + NameGlob.RULE)
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--attr",
            paramLabel = "NAME[=VALUE]",
            description = "An attribute that the object has, and its value: a text, a number, or several with ', '"
                    + " between.")
    private List<String> attributes = new ArrayList<>();

    @Option(names = "--type", paramLabel = "GLOB", description = "What the type is like, as ls prints it: 'float*'.")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            description = "The lengths of dimensions, * for any: 7000,* or '*,*,*'.")
    private List<String> shapes = new ArrayList<>();

    @Option(names = "--kind", paramLabel = "KIND", description = "group, dataset, datatype or link.")
    private List<String> kinds = new ArrayList<>();

    @Option(
            names = {"-l", "--long"},
            description = "Kind, shape and type too.")
    private boolean details;

    @Option(names = "--json", description = "As one JSON document.")
    private boolean json;

    @Option(names = "--debug", description = "Stack traces.")
    private boolean debug;

    private final Sink out;
    private final PrintStream err;

    public FindCommand(OutputStream out, PrintStream err) {
        this.out = Sink.to(out);
        this.err = err;
    }

    /**
     * What was found.
     *
     * @param member where it is
     * @param attributes those that were asked for
     */
    private record Found(Group.Member member, List<AttributeValues> attributes) {}

    private interface Taker {
        void take(Found found);
    }

    @Override
    public Integer call() {
        Report report = place.open().report(err, debug);
        FindRule rule = new FindRule(
                names.stream().map(NameGlob::parse).toList(),
                kinds,
                types.stream().map(NameGlob::parse).toList(),
                shapes,
                attributes.stream().map(FindRule.AttributeRule::parse).toList());
        List<String> typed = List.of(place.location());
        EachFile each = new EachFile(out, report, place.open(), typed);
        List<Location> all = each.found(List.of(Location.of(place.location(), path)));
        try (OnFile onFile = new OnFile(place.open(), cache, typed, report)
                .expecting(all, (file, at) -> new LookAhead(file).walk(at, walk(rule)))) {
            if (json) {
                JsonFiles.write(
                        out,
                        all,
                        location -> new JsonFiles.Place(Location.shown(location.file()), location.path()),
                        (location, to) -> onFile.at(location, (file, at) -> {
                            to.array("found");
                            find(file, at, rule, report, found -> write(to, found));
                            to.end();
                        }));
            } else {
                each.withHeadings(all, location -> {
                    onFile.at(location, (file, at) -> find(file, at, rule, report, this::print));
                    out.flush();
                });
            }
        }
        return report.status();
    }

    private WalkOptions walk(FindRule rule) {
        WalkOptions options = WalkOptions.all();
        options = rule.wantsAttributes() ? options.with(Detail.ATTRIBUTES) : options;
        return rule.wantsTypes() || details || json ? options.with(Detail.DESCRIPTORS) : options;
    }

    private void find(H5Coro file, String at, FindRule rule, Report report, Taker taker) {
        if (!(file.object(at) instanceof Group group)) {
            throw new NotFoundException(Where.object(file.info().source(), at), "is not a group");
        }
        List<Group.Member> together = new ArrayList<>();
        try (Stream<Group.Member> members = group.walk(walk(rule))) {
            members.forEach(member -> {
                member.failure().ifPresent(failure -> report.error(member.path(), failure));
                if (admits(rule, member, report)) {
                    together.add(member);
                }
                if (together.size() >= (rule.wantsAttributes() ? MOST_TOGETHER : 1)) {
                    compare(file, together, rule, report, taker);
                }
            });
        }
        compare(file, together, rule, report, taker);
    }

    private static boolean admits(FindRule rule, Group.Member member, Report report) {
        try {
            return rule.admits(member);
        } catch (H5Exception e) {
            report.error(member.path(), e);
            return false;
        }
    }

    /** Reads the attributes that are asked for of members, and takes those that have the values. */
    private static void compare(H5Coro file, List<Group.Member> members, FindRule rule, Report report, Taker taker) {
        if (!rule.wantsAttributes()) {
            members.forEach(member -> taker.take(new Found(member, List.of())));
            members.clear();
            return;
        }
        List<AttributeValues.Wanted> wanted = new ArrayList<>();
        for (Group.Member member : members) {
            for (FindRule.AttributeRule asked : rule.attributes()) {
                member.attributes().stream()
                        .filter(attribute -> attribute.name().equals(asked.name()))
                        .forEach(attribute -> wanted.add(wanted(member, attribute)));
            }
        }
        var read = AttributeValues.read(file, wanted, MOST_BYTES, report).iterator();
        for (Group.Member member : members) {
            List<AttributeValues> values = new ArrayList<>();
            boolean holds = true;
            for (FindRule.AttributeRule asked : rule.attributes()) {
                Optional<AttributeValues> attribute = read.next();
                attribute.ifPresent(values::add);
                holds &= attribute.filter(asked::holds).isPresent();
            }
            if (holds) {
                taker.take(new Found(member, values));
            }
        }
        members.clear();
    }

    private static AttributeValues.Wanted wanted(Group.Member member, Attribute attribute) {
        return new AttributeValues.Wanted(member.object().orElseThrow(), attribute);
    }

    private void print(Found found) {
        String line = found.member().path();
        H5Object object = found.member().object().orElse(null);
        if (details) {
            String kind = object == null ? "link" : ObjectJson.kind(object);
            line = kind + " ".repeat(8 - kind.length()) + " " + line;
            if (object instanceof Dataset dataset) {
                line += "  " + AttributeValues.shape(dataset.dataspace()) + " "
                        + dataset.type().shortName();
            }
        }
        out.write(VisibleText.of(line) + "\n");
    }

    private static void write(Json json, Found found) {
        json.object().field("path", found.member().path());
        found.member().object().ifPresent(object -> ObjectJson.object(json, object));
        if (found.member().object().isEmpty()) {
            ObjectJson.link(json, found.member().link().orElseThrow());
        }
        if (!found.attributes().isEmpty()) {
            json.array("attributes");
            found.attributes().forEach(attribute -> ObjectJson.attribute(json, attribute, Reference::toString));
            json.end();
        }
        json.end();
    }
}
