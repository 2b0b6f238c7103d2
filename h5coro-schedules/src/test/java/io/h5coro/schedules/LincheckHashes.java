// SPDX-License-Identifier: Apache-2.0
package io.h5coro.schedules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import org.jetbrains.kotlinx.lincheck.strategy.managed.OpaqueValue;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives each object that a schedule makes a hash of its own, the same in each run. Lincheck 3.7 writes 1 into the
 * header of all of them, so that schedules are the same each time, and has a table of them by this hash, which is then
 * one list: where a scenario had 548 objects, 462 stood in it, and nine tenths of the time it was looked through.
 */
final class LincheckHashes {
    private static final String TRACKER = "org/jetbrains/kotlinx/lincheck/strategy/managed/BaseObjectTracker";

    /** Odd, so that the products of different numbers differ: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B1;

    private LincheckHashes() {}

    /**
     * Defines Lincheck's class with the number of an object, mixed, where it has 1. To be called once, before Lincheck
     * is used.
     *
     * @throws IllegalStateException when the class does not do what it does in Lincheck 3.7
     */
    static void distinguish() {
        try (InputStream bytes = OpaqueValue.class.getResourceAsStream("/" + TRACKER + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("no class " + TRACKER);
            }
            ClassReader tracker = new ClassReader(bytes);
            ClassWriter mended = new ClassWriter(tracker, ClassWriter.COMPUTE_MAXS);
            Mending mending = new Mending(mended);
            tracker.accept(mending, 0);
            if (mending.ones != 1) {
                throw new IllegalStateException(TRACKER + " writes a hash " + mending.ones + " times, expected 1");
            }
            MethodHandles.privateLookupIn(OpaqueValue.class, MethodHandles.lookup())
                    .defineClass(mended.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Mending extends ClassVisitor {
        private int ones;

        Mending(ClassVisitor mended) {
            super(Opcodes.ASM9, mended);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            MethodVisitor method = super.visitMethod(access, name, type, generic, thrown);
            return name.equals("overwriteIdentityHashCode") ? new Numbers(method) : method;
        }

        private final class Numbers extends MethodVisitor {
            Numbers(MethodVisitor method) {
                super(Opcodes.ASM9, method);
            }

            /** The hash has 31 bits; none is 0, which would stand for a hash that is not known yet. */
            @Override
            public void visitInsn(int code) {
                super.visitInsn(code);
                if (code == Opcodes.ICONST_1) {
                    ones++;
                    visitVarInsn(Opcodes.ALOAD, 0);
                    visitFieldInsn(Opcodes.GETFIELD, TRACKER, "objectCounter", "I");
                    super.visitInsn(Opcodes.IADD);
                    visitLdcInsn(SPREAD);
                    super.visitInsn(Opcodes.IMUL);
                    visitLdcInsn(Integer.MAX_VALUE);
                    super.visitInsn(Opcodes.IAND);
                }
            }
        }
    }
}
