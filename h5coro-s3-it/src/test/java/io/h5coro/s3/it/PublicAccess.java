// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3.it;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Makes an object readable for everybody; servers differ in how. */
final class PublicAccess {
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ["*"]},
             "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::%s/%s"]}]}""";

    private PublicAccess() {}

    /** Stores an object and opens it: by the bucket's policy, else by the object's access list. */
    static void grant(ScratchBucket bucket, String key, byte[] content) {
        bucket.put(key, content);
        try {
            bucket.client()
                    .putBucketPolicy(
                            request -> request.bucket(bucket.name()).policy(POLICY.formatted(bucket.name(), key)));
        } catch (S3Exception e) {
            bucket.client()
                    .putObject(
                            request -> request.bucket(bucket.name()).key(key).acl(ObjectCannedACL.PUBLIC_READ),
                            RequestBody.fromBytes(content));
        }
    }
}
