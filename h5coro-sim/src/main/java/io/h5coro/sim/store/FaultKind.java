// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

/** What may go wrong with a request, or with all requests of some time. */
public enum FaultKind {
    /** No connection is made. */
    UNREACHABLE(Scope.REQUEST),
    /** The connection breaks before the head of the answer. */
    RESET_BEFORE(Scope.REQUEST),
    /** The server takes longer than anybody waits, and answers then. */
    STALL_BEFORE(Scope.REQUEST),
    /** The answer is no HTTP. */
    GARBLED(Scope.REQUEST),
    /** 503: asks for fewer requests. */
    SLOW_DOWN(Scope.REQUEST),
    /** 429, with the time after which to come back, in seconds or as a date. */
    TOO_MANY(Scope.REQUEST),
    /** 500. */
    SERVER_ERROR(Scope.REQUEST),
    /**
     * All tokens and signatures are out of date from now on, until they are renewed. Counts where they are asked for.
     */
    EXPIRY(Scope.REQUEST),
    /** 304, for which nobody has asked. */
    NOT_MODIFIED(Scope.REQUEST),
    /** The object is replaced before it is served; counts for objects that may change. */
    CHANGE(Scope.REQUEST),
    /** The server serves what it has, whatever {@code If-Match} demands; counts where it demands another version. */
    CONDITION_IGNORED(Scope.REQUEST),
    /** The bytes are of two versions, and the head names one. No reader can notice it; counts for changed objects. */
    TORN(Scope.REQUEST),
    /** A part that is honest, and other than the one that was asked for. */
    WRONG_RANGE(Scope.REQUEST),
    /** A part that is honest, and shorter than the one that was asked for. */
    SHORT_PIECE(Scope.REQUEST),
    /** 200 with the whole object. */
    WHOLE(Scope.REQUEST),
    /** The head says that the bytes are compressed. */
    ENCODED(Scope.REQUEST),
    /** The connection breaks within the body. */
    RESET_WITHIN(Scope.REQUEST),
    /** The connection is closed before the body's announced length has come. */
    SHORT_BODY(Scope.REQUEST),
    /** The body has no announced length, and more bytes than the part has. */
    LONG_BODY(Scope.REQUEST),
    /** The body has no announced length, and the mark of its end comes late. */
    LATE_END(Scope.REQUEST),
    /** No byte comes for longer than anybody waits, in the middle of the body. */
    STALL_WITHIN(Scope.REQUEST),
    /** The client's thread that has got bytes is held before it hands them on; counts for bodies that are taken. */
    HELD(Scope.REQUEST),
    /** Bytes come now and then: never so late that the body stands still, but it takes many minutes. */
    DRIP(Scope.REQUEST),
    /** For some time, most requests below a prefix are answered with 503. */
    STORM(Scope.PREFIX_AND_TIME),
    /** For some time, requests below a prefix are answered slowly. */
    SLOW_PREFIX(Scope.PREFIX_AND_TIME),
    /** For some time no byte passes in any direction; what was sent arrives then. */
    PARTITION(Scope.TIME);

    /** What a fault is drawn for. */
    enum Scope {
        /** Each request. */
        REQUEST,
        /** Each prefix in each stretch of time. */
        PREFIX_AND_TIME,
        /** Each stretch of time. */
        TIME
    }

    private final Scope scope;

    FaultKind(Scope scope) {
        this.scope = scope;
    }

    Scope scope() {
        return scope;
    }
}
