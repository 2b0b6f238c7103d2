// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.option.ServeOptions.KeyStoreFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Reads the key of a server, and says what is wrong with it. */
final class ServerKeys {
    private ServerKeys() {}

    /**
     * Reads a file.
     *
     * @throws IOException when it holds no key that can be used today; the message says why, and has no path
     */
    static SslContextFactory.Server read(KeyStoreFile file) throws IOException {
        if (!Files.isRegularFile(file.path())) {
            throw new FileNotFoundException("there is no such key store");
        }
        KeyStore store = opened(file);
        requireKey(store);
        SslContextFactory.Server keys = new SslContextFactory.Server();
        keys.setKeyStore(store);
        keys.setKeyStorePassword(file.password());
        return keys;
    }

    private static KeyStore opened(KeyStoreFile file) throws IOException {
        try {
            return KeyStore.getInstance(file.path().toFile(), file.password().toCharArray());
        } catch (IOException e) {
            boolean isPassword = e.getCause() instanceof UnrecoverableKeyException;
            throw new IOException(
                    isPassword ? "the password of the key store is wrong" : "the key store cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IOException("the file is no key store of PKCS12 or JKS", e);
        }
    }

    private static void requireKey(KeyStore store) throws IOException {
        try {
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    requireValid(certificate);
                    return;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the key store cannot be read", e);
        }
        throw new IOException("the key store holds no key");
    }

    private static void requireValid(X509Certificate certificate) throws IOException {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new IOException("the certificate of the key store expired on "
                    + certificate.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            throw new IOException("the certificate of the key store is valid from "
                    + certificate.getNotBefore().toInstant());
        }
    }
}
