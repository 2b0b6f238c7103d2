// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import io.h5coro.storage.machine.Machine;

/** Locations that renew themselves, on another machine than this process's. */
public final class SimulatedSigning {
    private SimulatedSigning() {}

    /** Returns locations that a signer signs, for which threads of a machine wait. */
    public static SignedUrls by(SignedUrls.Signer signer, Machine machine) {
        return SignedUrls.by(signer, machine);
    }
}
