// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Keys that were handed over; equal when the keys are, so that readers with the same keys share a client.
 *
 * @param keys handed over by the caller; equal keys make equal credentials
 */
record FixedCredentials(AwsCredentials keys) implements AwsCredentialsProvider {
    @Override
    public AwsCredentials resolveCredentials() {
        return keys;
    }

    @Override
    public String toString() {
        return "FixedCredentials(hidden)";
    }
}
