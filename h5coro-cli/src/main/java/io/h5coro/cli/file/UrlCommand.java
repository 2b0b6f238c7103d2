// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.storage.LocationText;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Option --url-command: a program that prints the URL of a location. No message repeats the command, which may hold a
 * secret, or what it prints. Thread-safe.
 *
 * @param words the program and its first arguments; the location is one more
 * @param patience how long it may take
 */
record UrlCommand(List<String> words, Duration patience) implements SignedUrls.Signer {
    /** Name of the option. */
    static final String OPTION = "url-command";

    /** What has no bytes to read. */
    private static final File NOTHING = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");

    /** For the help of all commands but dump. */
    static final String HELP =
            "A program that prints the http or https URL of FILE, such as a signed one. It is run when FILE is an"
                    + " address, as CMD FILE, first and whenever the server refuses the URL. CMD is split at"
                    + " blanks; '', \"\" and \\ quote as in a shell, nothing else has a meaning.";

    /** The variable that has the location too, for a program that takes no argument. */
    private static final String VARIABLE = "H5CORO_LOCATION";

    /** Longer than a slow service takes, and short enough for a program that waits for a person who is not there. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Signed addresses have some 2 kB; servers take some 8. */
    private static final int MOST_BYTES = 64 << 10;

    /**
     * Reads a command.
     *
     * @throws UsageException when it is empty or a quote has no end
     */
    static UrlCommand parse(String text) {
        return new UrlCommand(split(text), PATIENCE);
    }

    /**
     * Splits a text into words:
     *
     * <pre>
     * text               words
     * a  b\ c            a, b c
     * sh -c 'x "$1"' sh  sh, -c, x "$1", sh
     * "a \"b\" $c" ''    a "b" $c, and an empty one
     * </pre>
     */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && quote != '\'' && i + 1 < text.length();
            if (escape && (quote == 0 || "\"\\".indexOf(text.charAt(i + 1)) >= 0)) {
                word.append(text.charAt(++i));
                inWord = true;
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
                inWord = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new UsageException("option --" + OPTION + ": a quotation mark has no partner");
        }
        if (inWord) {
            words.add(word.toString());
        }
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new UsageException("option --" + OPTION + " names no program");
        }
        return List.copyOf(words);
    }

    @Override
    public URI sign(String location) throws StorageException {
        long deadline = System.nanoTime() + patience.toNanos();
        Process process = start(location);
        FutureTask<byte[]> printed = new FutureTask<>(() -> read(process.getInputStream()));
        Thread reader = new Thread(printed, "h5coro-" + OPTION);
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] bytes = printed.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (bytes.length > MOST_BYTES) {
                throw failure(location, "prints more than " + (MOST_BYTES >> 10) + " KiB");
            }
            if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            if (process.exitValue() != 0) {
                throw failure(location, "ended with status " + process.exitValue());
            }
            return url(location, new String(bytes, StandardCharsets.UTF_8).strip());
        } catch (TimeoutException e) {
            throw failure(location, "took longer than " + shown(patience));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(location, "was interrupted");
        } catch (java.util.concurrent.ExecutionException e) {
            throw failure(location, "cannot be read from");
        } finally {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private Process start(String location) throws StorageException {
        List<String> command = new ArrayList<>(words);
        command.add(location);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(NOTHING))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put(VARIABLE, location);
        try {
            return builder.start();
        } catch (IOException | IllegalArgumentException e) {
            // Not the cause: it repeats the program, which may be a secret that was meant for a variable.
            throw failure(location, "does not start: its first word is no program");
        }
    }

    /** Reads what is printed, up to one byte more than is taken. */
    private static byte[] read(InputStream printed) throws IOException {
        return printed.readNBytes(MOST_BYTES + 1);
    }

    private static URI url(String location, String text) throws StorageException {
        try {
            URI url = new URI(text);
            if (url.getScheme() != null && url.getRawAuthority() != null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Not the cause: it repeats the text.
            throw failure(location, "prints no URL");
        }
        throw failure(location, text.isEmpty() ? "prints nothing" : "prints no URL");
    }

    private static StorageException failure(String location, String what) {
        return new StorageException(
                Kind.ACCESS_DENIED, LocationText.shown(location) + ": the command of --" + OPTION + " " + what);
    }

    private static String shown(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0).replaceAll("\\.?0+$", "") + " s";
    }
}
