// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

final class ApacheListingTest extends HttpListingCase {
    ApacheListingTest() {
        super(IndexServer.Style.APACHE);
    }
}
