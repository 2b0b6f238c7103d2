// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands the S3 server to tests: started for the first that asks, ended after the last test of the JVM. */
final class S3ServerExtension implements ParameterResolver {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(S3ServerExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == S3TestServer.class;
    }

    @Override
    public S3TestServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(SPACE).getOrComputeIfAbsent("server", key -> start(), S3TestServer.class);
    }

    private static S3TestServer start() {
        try {
            return S3TestServers.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
