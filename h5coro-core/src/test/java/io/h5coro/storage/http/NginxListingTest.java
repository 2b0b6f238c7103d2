// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

final class NginxListingTest extends HttpListingCase {
    NginxListingTest() {
        super(IndexServer.Style.NGINX);
    }
}
