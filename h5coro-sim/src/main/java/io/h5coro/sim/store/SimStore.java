// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

import io.h5coro.sim.World;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;

/**
 * A store of objects with strong tags, over a network with faults. Objects may change while they are read; a version
 * that was served stays known, so that what a reader returned can be compared.
 *
 * <pre>{@code
 * SimStore store = new SimStore(world, Network.NEAR, Weather.drawn(world.chance()));
 * store.put("bucket/a.h5", bytes);
 * HttpClient http = store.httpClient(executor);
 * }</pre>
 */
public final class SimStore {
    private final World world;
    private final Network network;
    private final Weather weather;
    private final Windows windows;
    private final Figures figures;
    private final Keys keys = new Keys();
    private final NavigableMap<String, List<Version>> objects = new TreeMap<>();

    /** How the content of objects changes when a change is drawn. */
    private final Map<String, BinaryOperator<byte[]>> changes = new HashMap<>();

    private final TreeSet<String> locked = new TreeSet<>();
    private final TreeSet<String> redirected = new TreeSet<>();
    private final Map<FaultKind, Long> met = new EnumMap<>(FaultKind.class);
    private boolean ignoresConditions;
    private long versions;

    /** Transfers whose body is on its way: these share the bandwidth. */
    private int transferring;

    /** Connections that were kept open and serve nobody. */
    private int idle;

    /** When a request was last begun, or was over. */
    private long stirredNanos;

    /** Makes an empty store. */
    public SimStore(World world, Network network, Weather weather) {
        this.world = world;
        this.network = network;
        this.weather = weather;
        this.windows = new Windows(world, weather);
        this.figures = new Figures(world);
    }

    /**
     * Stores an object, or another version of it.
     *
     * @param key bucket, slash, key; for HTTP the path without its first slash
     * @param bytes the content, which is not copied and must not change
     */
    public Version put(String key, byte[] bytes) {
        Version version = new Version(++versions, world.now(), bytes);
        objects.computeIfAbsent(key, k -> new ArrayList<>()).add(version);
        world.note("store: " + key + " is " + version.tag() + " of " + bytes.length + " bytes");
        return version;
    }

    /** Deletes an object. Its versions stay known to {@link #versions}, but are not served. */
    public void delete(String key) {
        objects.computeIfAbsent(key, k -> new ArrayList<>()).add(new Version(-1, world.now(), new byte[0]));
        world.note("store: " + key + " is deleted");
    }

    /** Lets {@link FaultKind#CHANGE} replace an object by what {@code change} makes of its content. */
    public void allowChange(String key, BinaryOperator<byte[]> change) {
        changes.put(key, change);
    }

    /** Serves what there is from now on, whatever {@code If-Match} demands, as a server does that does not know it. */
    public void ignoreConditions() {
        ignoresConditions = true;
    }

    boolean ignoresConditions() {
        return ignoresConditions;
    }

    /** Asks for a valid token ({@link #keys}) wherever a key begins with {@code prefix}. */
    public void lock(String prefix) {
        locked.add(prefix);
    }

    /** Answers requests of keys below {@code prefix} with a redirect to a signed address that expires. */
    public void redirect(String prefix) {
        redirected.add(prefix);
    }

    /** Returns all versions of an object so far, deletions left out, the oldest first. */
    public List<Version> versions(String key) {
        return objects.getOrDefault(key, List.of()).stream()
                .filter(version -> version.number() > 0)
                .toList();
    }

    /** Returns the tokens. */
    public Keys keys() {
        return keys;
    }

    /** Returns what was counted. */
    public Figures figures() {
        return figures;
    }

    /** Returns how often each kind of fault took effect; without those that never did. */
    public Map<FaultKind, Long> met() {
        return Collections.unmodifiableMap(met);
    }

    /** Begins a request. What is heard of it is heard in later events. */
    Transfer send(Asked asked, Hearing hearing) {
        return new Serving(this, asked, hearing).begin();
    }

    World world() {
        return world;
    }

    Network network() {
        return network;
    }

    Weather weather() {
        return weather;
    }

    Windows windows() {
        return windows;
    }

    void meet(FaultKind kind) {
        met.merge(kind, 1L, Long::sum);
    }

    /** Takes an idle connection; false when a new one is to be made. */
    boolean takeIdle() {
        if (idle == 0) {
            figures.connects();
            return false;
        }
        idle--;
        return true;
    }

    void giveIdle() {
        idle++;
    }

    int transferring() {
        return transferring;
    }

    void transferring(int more) {
        transferring += more;
    }

    void stirs() {
        stirredNanos = world.nanoTime();
    }

    /** Returns for how long no request has been under way; 0 while one is. */
    public long quietNanos() {
        return figures.underWay() > 0 ? 0 : world.nanoTime() - stirredNanos;
    }

    Optional<Version> current(String key) {
        List<Version> all = objects.get(key);
        return all == null
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1)).filter(version -> version.number() > 0);
    }

    boolean isLocked(String key) {
        return isBelow(locked, key);
    }

    boolean isRedirected(String key) {
        return isBelow(redirected, key);
    }

    private static boolean isBelow(Set<String> prefixes, String key) {
        return prefixes.stream().anyMatch(key::startsWith);
    }

    /** Replaces an object, when it may change; false when it may not, or is not there. */
    boolean change(String key, RandomGenerator chance) {
        BinaryOperator<byte[]> change = changes.get(key);
        Optional<Version> before = current(key);
        if (change == null || before.isEmpty()) {
            return false;
        }
        byte[] noise = new byte[16];
        chance.nextBytes(noise);
        put(key, change.apply(before.get().bytes(), noise));
        return true;
    }

    /** Replaces an object, when it may change. */
    public void replace(String key) {
        if (change(key, world.chance())) {
            meet(FaultKind.CHANGE);
        }
    }

    /** Returns the keys that are there, in the order of their bytes, with their versions. */
    NavigableMap<String, Version> listed(String prefix) {
        NavigableMap<String, Version> found = new TreeMap<>(ListPage.ORDER);
        objects.tailMap(prefix, true)
                .forEach((key, all) -> current(key)
                        .filter(version -> key.startsWith(prefix))
                        .ifPresent(version -> found.put(key, version)));
        return found;
    }
}
