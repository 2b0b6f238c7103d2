// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a module's users can name, as text: each public type of the packages that it exports to everyone, with its
 * public and protected members, a line each, sorted. Read by reflection from compiled classes.
 */
public final class PublicApi {
    private PublicApi() {}

    /**
     * The text of a module.
     *
     * @param classes folder of its classes, with {@code module-info.class}
     */
    public static String of(Path classes) {
        StringBuilder text = new StringBuilder();
        for (String name : exported(classes)) {
            for (Class<?> type : types(classes, name)) {
                text.append(heading(type)).append('\n');
                members(type)
                        .forEach(member -> text.append("    ").append(member).append('\n'));
            }
        }
        return text.toString();
    }

    private static TreeSet<String> exported(Path classes) {
        try (InputStream in = Files.newInputStream(classes.resolve("module-info.class"))) {
            TreeSet<String> names = new TreeSet<>();
            for (ModuleDescriptor.Exports exports : ModuleDescriptor.read(in).exports()) {
                if (!exports.isQualified()) {
                    names.add(exports.source());
                }
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Class<?>> types(Path classes, String packageName) {
        try (Stream<Path> files = Files.list(classes.resolve(packageName.replace('.', '/')))) {
            List<Class<?>> types = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    Class<?> type = Class.forName(
                            packageName + "." + name.substring(0, name.length() - ".class".length()),
                            false,
                            PublicApi.class.getClassLoader());
                    if (isVisible(type)) {
                        types.add(type);
                    }
                }
            }
            return types;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the type and all that enclose it can be named from outside. */
    private static boolean isVisible(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic() || !isApi(type.getModifiers())) {
            return false;
        }
        return type.getEnclosingClass() == null || isVisible(type.getEnclosingClass());
    }

    private static boolean isApi(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String heading(Class<?> type) {
        StringBuilder line = new StringBuilder(Modifier.toString(type.getModifiers() & ~Modifier.INTERFACE))
                .append(type.isSealed() ? " sealed " : " ")
                .append(kind(type))
                .append(' ')
                .append(type.getTypeName());
        if (type.getTypeParameters().length > 0) {
            line.append(Arrays.toString(type.getTypeParameters()));
        }
        if (type.getGenericSuperclass() != null
                && type.getSuperclass() != Object.class
                && !isHidden(type.getSuperclass())) {
            line.append(" extends ").append(type.getGenericSuperclass().getTypeName());
        }
        List<String> above = Arrays.stream(type.getGenericInterfaces())
                .map(one -> one.getTypeName())
                .toList();
        return above.isEmpty() ? line.toString() : line + " : " + String.join(", ", above);
    }

    /** Not from {@code toGenericString}, which says more on newer Javas. */
    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        return type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static TreeSet<String> members(Class<?> type) {
        TreeSet<String> lines = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (isApi(field.getModifiers()) && !field.isSynthetic()) {
                lines.add(field.toGenericString());
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            add(constructor, lines);
        }
        for (Method method : type.getDeclaredMethods()) {
            add(method, lines);
        }
        if (isHidden(type.getSuperclass())) {
            String hidden = type.getSuperclass().getName() + ".";
            members(type.getSuperclass()).forEach(line -> lines.add(line.replace(hidden, type.getName() + ".")));
        }
        return lines;
    }

    /** Whether a superclass is no type of the API: its public methods count as those of the class below it. */
    private static boolean isHidden(@Nullable Class<?> superclass) {
        return superclass != null
                && !isApi(superclass.getModifiers())
                && superclass.getName().startsWith("io.h5coro.");
    }

    private static void add(Executable member, TreeSet<String> lines) {
        if (isApi(member.getModifiers()) && !member.isSynthetic()) {
            lines.add(member.toGenericString());
        }
    }
}
