// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.disk;

import io.h5coro.sim.disk.SimProcess.Deed;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.attribute.FileAttributeView;

/** Views of attributes whose methods are operations of a process. */
final class MarkedView {
    private MarkedView() {}

    /** Reads or sets attributes. */
    @FunctionalInterface
    interface Access {
        Object call() throws IOException;
    }

    /** Makes an operation of it. */
    @FunctionalInterface
    interface Guard {
        Object run(Deed deed, Access access) throws IOException;
    }

    /** Returns a view of that type, each of whose methods but its name is guarded. */
    static <V extends FileAttributeView> V of(V view, Class<V> type, Guard guard) {
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader() == null ? MarkedView.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> {
                    if (method.getName().equals("name")) {
                        return view.name();
                    }
                    Deed deed = method.getName().startsWith("set") ? Deed.MARK : Deed.READ;
                    return guard.run(deed, () -> invoke(view, method, arguments));
                });
        return type.cast(proxy);
    }

    private static Object invoke(Object view, Method method, Object[] arguments) throws IOException {
        try {
            return method.invoke(view, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
